// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps a dialled number to its destination. All features of the PBX except those of
 * {@link FeatureCode}:
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
 *   <tr><td>605</td><td>answers, and says BYE straight after the 200</td></tr>
 *   <tr><td>606</td><td>answers, and sends RTCP and never RTP</td></tr>
 *   <tr><td>607</td><td>a tone as early media, in a 183 and with no 180; answers after two seconds</td></tr>
 *   <tr><td>8000</td><td>a conference room: a focus (RFC 4579) that mixes, tells who is there (RFC 4575), brings and removes others</td></tr>
 *   <tr><td>8001</td><td>the same behind a PIN, typed with {@code #} at its end; the third wrong one ends the call</td></tr>
 *   <tr><td>8002</td><td>a room that mixes and says nothing about it, as on many phone systems</td></tr>
 *   <tr><td>factory</td><td>makes a room for this call, which lasts until everybody has left it (RFC 4579 §5.4)</td></tr>
 *   <tr><td>*97</td><td>plays the caller's voicemail; see {@code VoicemailMenu} for the keys. Where there is voicemail, it also takes the calls to
 *       an extension that end with 480 or 486</td></tr>
 *   <tr><td>* and an extension</td><td>leaves a message there without ringing</td></tr>
 *   <tr><td>anything else</td><td>404</td></tr>
 * </table>
 */
public final class DialPlan {
    static final String ECHO = "600";
    static final String TONE = "601";
    static final String BUSY = "602";
    static final String NO_ANSWER = "603";
    static final String DECLINED = "604";
    static final String HANGS_UP = "605";
    static final String SILENT = "606";
    static final String EARLY_MEDIA = "607";
    public static final String ROOM = "8000";
    public static final String PIN_ROOM = "8001";
    public static final String PLAIN_ROOM = "8002";
    public static final String FACTORY = "factory";
    public static final String VOICEMAIL = "*97";

    private final Map<String, Destination> numbers = new TreeMap<>();
    private final boolean queues;

    public DialPlan(Iterable<String> extensions, Map<String, List<String>> ringGroups, boolean voicemail) {
        this(extensions, ringGroups, voicemail, false);
    }

    /** @param queues whether numbers that begin with 7 are queues */
    public DialPlan(
            Iterable<String> extensions, Map<String, List<String>> ringGroups, boolean voicemail, boolean queues) {
        this.queues = queues;
        numbers.put(ECHO, new Destination.Echo());
        numbers.put(TONE, new Destination.Tone(440));
        numbers.put(BUSY, new Destination.Refusal(486));
        numbers.put(NO_ANSWER, new Destination.RingsForEver());
        numbers.put(DECLINED, new Destination.Refusal(603));
        numbers.put(HANGS_UP, new Destination.HangsUp());
        numbers.put(SILENT, new Destination.Silence());
        numbers.put(EARLY_MEDIA, new Destination.EarlyMedia(440));
        numbers.put(ROOM, new Destination.Room(ROOM));
        numbers.put(PIN_ROOM, new Destination.Room(PIN_ROOM));
        numbers.put(PLAIN_ROOM, new Destination.Room(PLAIN_ROOM));
        numbers.put(FACTORY, new Destination.NewRoom());
        for (String extension : extensions) {
            add(extension, new Destination.Ring(List.of(extension)));
            if (voicemail) {
                add("*" + extension, new Destination.LeaveMessage(extension));
            }
        }
        if (voicemail) {
            add(VOICEMAIL, new Destination.HearMessages());
        }
        ringGroups.forEach((number, members) -> add(number, new Destination.Ring(members)));
    }

    /** Returns the destination of a dialled number. */
    public Destination destination(String number) {
        return numbers.getOrDefault(number, new Destination.Refusal(queues && number.startsWith("7") ? 503 : 404));
    }

    private void add(String number, Destination destination) {
        if (numbers.putIfAbsent(number, destination) != null) {
            throw new IllegalArgumentException("the number " + number + " means two things");
        }
    }

    /** The meaning of a number. */
    public sealed interface Destination {
        /** Rings all devices of these extensions. */
        record Ring(List<String> extensions) implements Destination {
            public Ring {
                extensions = List.copyOf(extensions);
            }
        }

        record Echo() implements Destination {}

        record Tone(int hertz) implements Destination {}

        record RingsForEver() implements Destination {}

        /** Answers, and sends BYE directly after the 200. */
        record HangsUp() implements Destination {}

        /** Answers, and sends RTCP but no audio, like a call parked in silence. */
        record Silence() implements Destination {}

        /** Plays a tone in a 183, without 180, and answers after two seconds. */
        record EarlyMedia(int hertz) implements Destination {}

        /** Joins a conference room. */
        record Room(String number) implements Destination {}

        record NewRoom() implements Destination {}

        /** Records a message for an extension. */
        record LeaveMessage(String extension) implements Destination {}

        record HearMessages() implements Destination {}

        /** Answers at once with that status. */
        record Refusal(int status) implements Destination {}
    }
}
