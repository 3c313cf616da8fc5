// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.swarm.Swarm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Phones, users and faults in virtual time, drawn from seeds. */
@Command(
        name = "swarm",
        description = {
            "Runs worlds of phones, a PBX, users and faults in virtual time, each drawn from a seed.",
            "Checks after each second what must always hold. A world that breaks it is shrunk and printed.",
            "Exit code 0: everything held; 1: something did not; 2: it could not be run."
        },
        mixinStandardHelpOptions = true)
public final class SwarmCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "The first world's seed; the day's unless given.")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "1",
            description = "How long worlds are begun, in real time; ${DEFAULT-VALUE} unless given.")
    private int minutes;

    @Option(
            names = "--worlds",
            paramLabel = "N",
            defaultValue = "2147483647",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "At most so many; as many as there is time for unless given.")
    private int worlds;

    @Option(names = "--plan", paramLabel = "FILE", description = "Runs this printed plan only.")
    private @Nullable Path plan;

    @Override
    public Integer call() throws IOException {
        if (minutes < 1 || worlds < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes and --worlds are at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        Swarm swarm = new Swarm(out);
        if (plan != null) {
            return swarm.runPlan(Files.readAllLines(plan)) ? 0 : 1;
        }
        long first = seed != null ? seed : LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000;
        out.println("seed " + first + "; to repeat: --seed " + first);
        out.flush();
        return swarm.run(first, Duration.ofMinutes(minutes), worlds) ? 0 : 1;
    }
}
