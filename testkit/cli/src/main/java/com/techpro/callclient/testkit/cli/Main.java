// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.cli.error.ErrorLine;
import com.techpro.callclient.testkit.cli.kit.KitCommand;
import com.techpro.callclient.testkit.cli.phone.PhoneCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code ./callclient}. */
@Command(
        name = "callclient",
        description = {
            "Makes real, encrypted, measured calls with the CallClient engine.",
            "callclient COMMAND --help explains a command and its options."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes, of every command:%n",
        exitCodeList = {
            "0:Success: what was judged holds, or the task is done.",
            "1:Failure: something that was judged does not hold.",
            "2:Not done: the arguments, a file, a port or a login cannot be used, or the program has a defect.",
            "3:Not judged: this machine, the phone system or a recording is not enough for a verdict."
        },
        versionProvider = Main.Version.class,
        subcommands = {
            SoakCommand.class,
            PhoneCommand.class,
            PbxCommand.class,
            BenchCommand.class,
            JudgeCommand.class,
            PrivacyCheckCommand.class,
            SwarmCommand.class,
            KitCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Callable<Integer> {
    /** Invalid arguments, or a defect; a run with failed gates exits with 1. */
    static final int EXIT_USAGE = ErrorLine.EXIT;

    /** Without this library there is no command line. */
    private static final String LIBRARY = "picocli.CommandLine";

    /** The parent of all other loggers, including the engine's. */
    private static final Logger LOG = Logger.getLogger("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    public static void main(String[] args) {
        if (isAlone()) {
            System.err.println(
                    "callclient: The libraries are not next to this jar. Use the one with the classifier \"all\","
                            + " which has them in it, or the class path that Maven resolves for callclient-testkit-cli.");
            System.exit(EXIT_USAGE);
        }
        quietLog();
        int exitCode = EXIT_USAGE;
        try {
            exitCode = run(args);
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "a defect in the program", defect);
        }
        System.exit(exitCode);
    }

    /** Whether this is the small jar without its libraries, in {@code lib} or on the class path. */
    private static boolean isAlone() {
        try {
            var unused = Class.forName(LIBRARY, false, Main.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    /**
     * Keeps the screen for the command: only defects are logged there, unless a configuration of
     * java.util.logging says otherwise.
     */
    private static void quietLog() {
        // Silences SLF4J's warning about a missing back end.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        if (System.getProperty("java.util.logging.config.file") == null) {
            LOG.setLevel(Level.SEVERE);
        }
    }

    static int run(String... args) {
        CommandLine line = withCommands();
        if (SecretArguments.amongst(args)) {
            CommandLine command = line.getSubcommands().getOrDefault(args[0], line);
            return ErrorLine.print(command.getCommandSpec(), SecretArguments.REFUSAL, "");
        }
        return line.execute(args);
    }

    /** Returns the command line as it runs. */
    static CommandLine withCommands() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::badArguments)
                .setExecutionExceptionHandler(Main::failed)
                // A defect of ours is no verdict on the judged material.
                .setExitCodeExceptionMapper(defect -> EXIT_USAGE);
    }

    /** Prints only the relevant line, not the whole help. */
    private static int badArguments(ParameterException bad, String[] args) {
        CommandSpec command = bad.getCommandLine().getCommandSpec();
        List<String> meant =
                bad instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String what = String.valueOf(bad.getMessage());
        return meant.isEmpty()
                ? ErrorLine.print(command, what)
                : ErrorLine.print(command, what, "Did you mean " + String.join(" or ", meant) + "?");
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return ErrorLine.print(
                    command.getCommandSpec(),
                    BadArgument.reason(failure),
                    "Check the file, the folder or the port that it names, and start again");
        }
        throw failure;
    }

    /** Without a subcommand, prints the help. */
    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        line.usage(line.getErr());
        return EXIT_USAGE;
    }

    /** Reads the version of the running jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"callclient " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
