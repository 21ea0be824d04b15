package dev.farside.benchmarks;

/** Where the server runs. */
public enum Place {
  SAME_JVM {
    @Override
    Server serve(Library library) {
      return library.serve();
    }
  },

  OTHER_JVM {
    @Override
    Server serve(Library library) {
      return ServerProcess.start(library);
    }
  };

  abstract Server serve(Library library);
}
