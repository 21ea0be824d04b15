package dev.farside.samples.files;

/** How each kind of failure ends the program; 2, wrong usage, is picocli's. */
final class ExitCodes {
  static final int UNEXPECTED = 1;
  static final int NO_SUCH_FILE = 3;
  static final int NOT_A_FILE = 4;
  static final int PERMISSION_DENIED = 5;
  static final int OUTSIDE_DIRECTORY = 6;
  static final int NOBODY_LISTENS = 7;
  static final int CONNECTION_LOST = 8;
  static final int FILE_CHANGED = 9;
  static final int LOCAL_FILE = 10;
  static final int NO_DIRECTORY_SERVED = 11;
  static final int CANNOT_LISTEN = 12;

  private ExitCodes() {}
}
