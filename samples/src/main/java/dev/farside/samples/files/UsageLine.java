package dev.farside.samples.files;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Turns wrong usage into one line on standard error that says where to read more. */
final class UsageLine implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String message = String.valueOf(wrong.getMessage()).replaceAll("\\R", " ");
    command
        .getErr()
        .println(
            "farside-files: "
                + message
                + "; see "
                + command.getCommandSpec().qualifiedName()
                + " --help");
    return CommandLine.ExitCode.USAGE;
  }
}
