// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens when a number is dialled. All features of the PBX, in one table:
 *
 * <table>
 *   <caption>Numbers</caption>
 *   <tr><th>Number</th><th>What it does</th></tr>
 *   <tr><td>an extension</td><td>rings all its registered devices; 480 if there are none or nobody answers in time, 486 if busy</td></tr>
 *   <tr><td>a ring group</td><td>rings all its members at once; the first to answer has the call, the others get CANCEL with
 *       {@code Reason: SIP;cause=200;text="Call completed elsewhere"}</td></tr>
 *   <tr><td>600</td><td>echo: everything comes back, telephone events too</td></tr>
 *   <tr><td>601</td><td>a tone of 440 Hz, for as long as the call lasts</td></tr>
 *   <tr><td>602</td><td>busy: 486</td></tr>
 *   <tr><td>603</td><td>rings until the no-answer timeout, then 480</td></tr>
 *   <tr><td>604</td><td>declined: 603</td></tr>
 *   <tr><td>anything else</td><td>404</td></tr>
 * </table>
 */
final class DialPlan {
    static final String ECHO = "600";
    static final String TONE = "601";
    static final String BUSY = "602";
    static final String NO_ANSWER = "603";
    static final String DECLINED = "604";

    private final Map<String, Destination> numbers = new TreeMap<>();

    DialPlan(Iterable<String> extensions, Map<String, List<String>> ringGroups) {
        numbers.put(ECHO, new Destination.Echo());
        numbers.put(TONE, new Destination.Tone(440));
        numbers.put(BUSY, new Destination.Refusal(486));
        numbers.put(NO_ANSWER, new Destination.RingsForEver());
        numbers.put(DECLINED, new Destination.Refusal(603));
        for (String extension : extensions) {
            add(extension, new Destination.Ring(List.of(extension)));
        }
        ringGroups.forEach((number, members) -> add(number, new Destination.Ring(members)));
    }

    /** Where a dialled number leads. */
    Destination destination(String number) {
        return numbers.getOrDefault(number, new Destination.Refusal(404));
    }

    private void add(String number, Destination destination) {
        if (numbers.putIfAbsent(number, destination) != null) {
            throw new IllegalArgumentException("the number " + number + " means two things");
        }
    }

    /** What a number is for. */
    sealed interface Destination {
        /** Rings all devices of these extensions. */
        record Ring(List<String> extensions) implements Destination {
            public Ring {
                extensions = List.copyOf(extensions);
            }
        }

        record Echo() implements Destination {}

        record Tone(int hertz) implements Destination {}

        record RingsForEver() implements Destination {}

        /** Answers at once, with that status. */
        record Refusal(int status) implements Destination {}
    }
}
