// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.cli.phone.PhoneCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
        description = "Makes real, encrypted, measured calls with the CallClient engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            SoakCommand.class,
            PhoneCommand.class,
            PbxCommand.class,
            BenchCommand.class,
            PrivacyCheckCommand.class
        })
public final class Main implements Runnable {
    /** Bad arguments; a run whose gates are red exits with 1. */
    static final int EXIT_USAGE = 2;

    /** Above all others, those of the engine included. */
    private static final Logger LOG = Logger.getLogger("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    public static void main(String[] args) {
        quietLog();
        System.exit(run(args));
    }

    /** The screen belongs to the command: of the log only defects are on it, unless a configuration of java.util.logging says otherwise. */
    private static void quietLog() {
        // Where there is no back end, SLF4J itself is to say nothing of it.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        if (System.getProperty("java.util.logging.config.file") == null) {
            LOG.setLevel(Level.SEVERE);
        }
    }

    static int run(String... args) {
        if (SecretArguments.amongst(args)) {
            System.err.println(SecretArguments.REFUSAL);
            return EXIT_USAGE;
        }
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::badArguments)
                .setExecutionExceptionHandler(Main::failed)
                .execute(args);
    }

    /** The one line that matters, instead of the whole help behind it. */
    private static int badArguments(ParameterException bad, String[] args) {
        CommandLine command = bad.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("callclient: " + bad.getMessage());
        UnmatchedArgumentException.printSuggestions(bad, err);
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return EXIT_USAGE;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            command.getErr().println("callclient: " + failure.getMessage());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    /** The version of the jar this runs from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"callclient " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
