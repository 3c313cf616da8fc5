// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.pbx.trace.TraceFiles;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ladders and captures of faulty calls: the dialogs of their users' INVITEs during the call, and
 * these users' registrations.
 */
public final class FaultyCallTraces {
    /** The limit for a run in which everything fails. */
    static final int MOST = 50;

    /** In the report's directory; it has a folder per call, named by its number. */
    static final String FOLDER = "calls";

    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Pattern USER = Pattern.compile("(?:sips?:|tel:)([^@;>\\s]+)[@;>]");

    private final List<TracedMessage> traced;
    private final String note;
    private final IntFunction<String> number;
    private final Map<String, List<String>> inputs;

    /** A message and what of it is compared with each call. */
    private record Headers(
            TracedMessage message, String callId, Set<String> users, boolean invites, boolean registers) {
        static Headers of(TracedMessage message) {
            return new Headers(
                    message,
                    message.header("Call-ID"),
                    usersOf(message),
                    message.summary().equals("INVITE"),
                    message.header("CSeq").endsWith(" REGISTER"));
        }

        boolean isOf(Set<String> some) {
            return users.stream().anyMatch(some::contains);
        }
    }

    /**
     * Reads the messages of a run.
     *
     * @param dropped how many earlier messages were not kept
     * @param number returns the number of the extension of an index
     * @param inputs of the client's calls, by their ids
     */
    public FaultyCallTraces(
            List<TracedMessage> traced, long dropped, IntFunction<String> number, Map<String, List<String>> inputs) {
        this.traced = traced;
        this.note = dropped == 0 ? "" : "The oldest " + dropped + " messages of the run were not kept.";
        this.number = number;
        this.inputs = inputs;
    }

    /**
     * Writes the traces of the first {@link #MOST} calls.
     *
     * @param report the directory of the folders
     * @return their names within it, in the order of the calls; empty for a call without messages
     */
    public List<String> write(List<CallResult> faulty, Path report) {
        List<String> folders = new ArrayList<>();
        List<Headers> read =
                faulty.isEmpty() ? List.of() : traced.stream().map(Headers::of).toList();
        for (CallResult call : faulty.subList(0, Math.min(MOST, faulty.size()))) {
            String name = FOLDER + "/" + call.number();
            // A consultation has the number of its call.
            String folder = folders.contains(name) ? name + "-consultation" : name;
            List<TracedMessage> messages = messagesOf(call, read);
            try {
                writeInputs(call, report.resolve(folder));
                if (messages.isEmpty()) {
                    folders.add("");
                    continue;
                }
                TraceFiles.write(report.resolve(folder), title(call), note, messages, call.states());
            } catch (IOException e) {
                throw new UncheckedIOException("the ladder of a call cannot be written", e);
            }
            folders.add(folder);
        }
        return folders;
    }

    /** Writes a file for each end, which the engine's tests can replay. */
    private void writeInputs(CallResult call, Path folder) throws IOException {
        for (String id : call.calls()) {
            List<String> lines = inputs.get(id);
            if (lines != null) {
                Files.createDirectories(folder);
                Files.write(folder.resolve("inputs-" + id + ".txt"), lines);
            }
        }
    }

    private List<TracedMessage> messagesOf(CallResult call, List<Headers> read) {
        List<Instant> changes = call.states().stream()
                .map(StateMark::at)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (changes.isEmpty()) {
            return List.of();
        }
        Instant first = changes.get(0).minus(BEFORE);
        Instant last = changes.get(changes.size() - 1).plus(AFTER);
        Set<String> users = Set.of(number.apply(call.caller()), number.apply(call.callee()));
        List<Headers> all = read.stream()
                .filter(one ->
                        one.message.at().isAfter(first) && one.message.at().isBefore(last))
                .toList();
        Set<String> dialogs = all.stream()
                .filter(one -> one.invites && one.isOf(users))
                .map(Headers::callId)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(one -> dialogs.contains(one.callId) || (one.registers && one.isOf(users)))
                .map(Headers::message)
                .toList();
    }

    private static Set<String> usersOf(TracedMessage message) {
        Set<String> users = new HashSet<>();
        for (String header : List.of("From", "To")) {
            Matcher user = USER.matcher(message.header(header));
            if (user.find()) {
                users.add(user.group(1));
            }
        }
        return users;
    }

    private static String title(CallResult call) {
        String problem = call.problem();
        return "Call " + call.number() + ", #" + call.caller() + " → #" + call.callee() + ": "
                + (problem == null ? "what was heard is not what was said" : problem);
    }
}
