// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.testkit.privacy.WireRecord.Sent;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks promises against the {@link Evidence}. A proof returns the violations; an empty list means
 * that the promise is kept.
 */
public final class Proofs {
    /** Digest credentials, SRTP keys and SDP as a logged message would contain them. */
    private static final Pattern KEY_MATERIAL = Pattern.compile(
            "inline:|a=crypto|\\bnonce=\"|\\bresponse=\"|Authorization: ?(Digest|Basic)", Pattern.CASE_INSENSITIVE);
    /** NTP counts from 1900 (RFC 5905). */
    private static final long NTP_OFFSET = 2_208_988_800L;

    private static final long A_DAY = 86_400;

    /** Fewer bytes cannot hold a login. */
    private static final int LEAST_STORED = 200;

    private Proofs() {}

    /** Returns the promises that a run of the {@link MainScenario} can decide. */
    public static Map<Promise, Function<Evidence, List<String>>> all() {
        Map<Promise, Function<Evidence, List<String>>> proofs = new EnumMap<>(Promise.class);
        proofs.put(Promise.C1, Proofs::passwordsStay);
        proofs.put(Promise.C2, Proofs::profileIsThePhoneSystems);
        proofs.put(Promise.C3, Proofs::contactsAreAskedFor);
        proofs.put(Promise.C4, Proofs::favouritesStay);
        proofs.put(Promise.C5, Proofs::callsAreRecorded);
        proofs.put(Promise.C9, Proofs::deviceIsNotToldInClear);
        proofs.put(Promise.C11, Proofs::microphone);
        proofs.put(Promise.U1, Proofs::calls);
        proofs.put(Promise.U2, Proofs::wrongPassword);
        proofs.put(Promise.U4, Proofs::callersAreNamed);
        proofs.put(Promise.U6, Proofs::remembered);
        proofs.put(Promise.U7, Proofs::told);
        proofs.put(Promise.S1, Proofs::storedEncrypted);
        proofs.put(Promise.S2, Proofs::storedEncrypted);
        proofs.put(Promise.S4, Proofs::everythingIsEncrypted);
        proofs.put(Promise.S5, Proofs::onlyThePhoneSystem);
        proofs.put(Promise.S6, Proofs::loggedOut);
        proofs.put(Promise.T3, Proofs::onlyThePhoneSystem);
        proofs.put(Promise.R1, Proofs::userSeesItAll);
        proofs.put(Promise.R2, Proofs::contactsAreAskedFor);
        proofs.put(Promise.R3, Proofs::erased);
        proofs.put(Promise.P1, Proofs::callsWithoutContacts);
        proofs.put(Promise.O2, Proofs::nothingIsShown);
        return proofs;
    }

    /** C1, on the wire. */
    public static List<String> passwordsStay(Evidence evidence) {
        return canariesIn(evidence, evidence.canaries().secrets());
    }

    /** C4, S4: personal data is unreadable on the wire. */
    public static List<String> personalDataIsSealed(Evidence evidence) {
        return canariesIn(evidence, evidence.canaries().all());
    }

    private static List<String> canariesIn(Evidence evidence, List<Canary> wanted) {
        List<String> wrong = new ArrayList<>();
        if (evidence.sent().isEmpty()) {
            wrong.add("nothing was sent at all");
        }
        byte[] streams = joined(evidence.sent());
        for (Canary canary : wanted) {
            if (canary.isIn(streams) || evidence.sent().stream().anyMatch(sent -> canary.isIn(sent.bytes()))) {
                wrong.add("the " + canary + " can be read on the wire");
            }
        }
        return wrong;
    }

    /** Joins data that was split between writes. */
    private static byte[] joined(List<Sent> all) {
        int length = all.stream()
                .filter(Sent::stream)
                .mapToInt(sent -> sent.bytes().length)
                .sum();
        byte[] joined = new byte[length];
        int at = 0;
        for (Sent sent : all) {
            if (sent.stream()) {
                System.arraycopy(sent.bytes(), 0, joined, at, sent.bytes().length);
                at += sent.bytes().length;
            }
        }
        return joined;
    }

    public static List<String> profileIsThePhoneSystems(Evidence evidence) {
        return differences(evidence, Map.of("profile", "true"));
    }

    /** C3, R2: contacts are read while permitted, and never touched otherwise. */
    public static List<String> contactsAreAskedFor(Evidence evidence) {
        List<String> wrong = new ArrayList<>(callersAreNamed(evidence));
        wrong.addAll(differences(
                evidence,
                Map.of(
                        "contacts touched without permission", "0",
                        "contacts read", "true")));
        return wrong;
    }

    /**
     * U4: callers are named by the address book while it may be read, else by their own display
     * name.
     */
    public static List<String> callersAreNamed(Evidence evidence) {
        return differences(
                evidence,
                Map.of(
                        "caller while contacts are denied", "NETWORK",
                        "caller while contacts are granted", "CONTACT",
                        "caller once contacts are denied again", "NETWORK"));
    }

    public static List<String> callsWithoutContacts(Evidence evidence) {
        return differences(
                evidence,
                Map.of(
                        "caller while contacts are denied", "NETWORK",
                        "outgoing call", "ESTABLISHED, encrypted true",
                        "incoming call", "RemoteHangUp[]"));
    }

    /** C4: favourites exist and are on the disk, and are unreadable there and on the wire. */
    public static List<String> favouritesStay(Evidence evidence) {
        List<Canary> favourite =
                List.of(evidence.canaries().favourite(), evidence.canaries().favouriteNumber());
        List<String> wrong = new ArrayList<>(canariesIn(evidence, favourite));
        wrong.addAll(differences(evidence, Map.of("favourites", "2")));
        wrong.addAll(onDisk(evidence, favourite));
        return wrong;
    }

    /** C5: calls are recorded, newest first, unreadable to others, and deleted at log-out. */
    public static List<String> callsAreRecorded(Evidence evidence) {
        List<String> wrong = new ArrayList<>(differences(
                evidence,
                Map.of(
                        "history",
                        "OUTGOING FAILED, INCOMING MISSED, INCOMING DECLINED, INCOMING ANSWERED, OUTGOING ANSWERED,"
                                + " OUTGOING FAILED",
                        "the history is as before the restart",
                        "true",
                        "kept after log-out",
                        "0 entries")));
        wrong.addAll(onDisk(
                evidence,
                List.of(evidence.canaries().otherNumber(), evidence.canaries().dialled())));
        return wrong;
    }

    public static List<String> remembered(Evidence evidence) {
        return differences(
                evidence,
                Map.of(
                        "favourites", "2",
                        "restarted", "REGISTERED",
                        "favourites are as before the restart", "true",
                        "the history is as before the restart", "true"));
    }

    public static List<String> told(Evidence evidence) {
        return differences(evidence, Map.of("told of", "[IncomingCall, MissedCall]"));
    }

    /** S1, S2: data is stored, and cannot be read from the files. */
    public static List<String> storedEncrypted(Evidence evidence) {
        return onDisk(evidence, evidence.canaries().all());
    }

    private static List<String> onDisk(Evidence evidence, List<Canary> wanted) {
        List<String> wrong = new ArrayList<>();
        for (String moment : List.of("while logged in", "after a restart", "before erasing")) {
            if (sizeOf(evidence, moment) < LEAST_STORED) {
                wrong.add("hardly anything is stored " + moment);
            }
        }
        evidence.disk()
                .forEach((moment, files) -> files.forEach((name, content) -> {
                    for (Canary canary : wanted) {
                        if (canary.isIn(content) || canary.isIn(name)) {
                            wrong.add("the " + canary + " can be read in a file " + moment);
                        }
                    }
                }));
        return wrong;
    }

    private static int sizeOf(Evidence evidence, String moment) {
        return evidence.disk().getOrDefault(moment, Map.of()).values().stream()
                .mapToInt(content -> content.length)
                .sum();
    }

    public static List<String> deviceIsNotToldInClear(Evidence evidence) {
        Canary agent = Canary.personal("user agent", evidence.userAgent());
        List<String> wrong = new ArrayList<>(canariesIn(evidence, List.of(agent)));
        shown(evidence, List.of(agent), wrong);
        return wrong;
    }

    public static List<String> microphone(Evidence evidence) {
        List<String> wrong = new ArrayList<>();
        if (evidence.microphone().size() < 6) {
            wrong.add("only looked at " + evidence.microphone().keySet());
        }
        evidence.microphone().forEach((moment, open) -> {
            boolean needed = moment.equals("in a call");
            if (open != needed) {
                wrong.add("the microphone is " + (open ? "open " : "closed ") + moment);
            }
        });
        return wrong;
    }

    public static List<String> calls(Evidence evidence) {
        return differences(
                evidence,
                Map.of(
                        "outgoing call", "ESTABLISHED, encrypted true",
                        "hang-up", "LocalHangUp[]",
                        "incoming call", "RemoteHangUp[]",
                        "declined call", "Declined[]",
                        "missed call", "CancelledByCaller[]"));
    }

    /** U2: the phone system refuses, and nothing is registered or stored. */
    public static List<String> wrongPassword(Evidence evidence) {
        List<String> wrong = new ArrayList<>(differences(
                evidence,
                Map.of(
                        "wrong password", "Refused[reason=WRONG_CREDENTIALS, retryAfter=null]",
                        "registered with a wrong password", "false",
                        "right password", "REGISTERED")));
        nothingOnDisk(evidence, "after a wrong password", wrong);
        return wrong;
    }

    private static List<String> differences(Evidence evidence, Map<String, String> expected) {
        List<String> wrong = new ArrayList<>();
        expected.forEach((step, outcome) -> {
            String was = evidence.outcomes().get(step);
            if (!outcome.equals(was)) {
                wrong.add(step + ": " + was);
            }
        });
        return wrong;
    }

    public static List<String> everythingIsEncrypted(Evidence evidence) {
        List<String> wrong = new ArrayList<>(personalDataIsSealed(evidence));
        List<byte[]> datagrams = new ArrayList<>();
        for (Sent sent : evidence.sent()) {
            if (!sent.stream()) {
                datagrams.add(sent.bytes());
            } else if (!ClearText.isTlsRecords(sent.bytes())) {
                wrong.add("a " + sent + " is not TLS");
            }
        }
        if (datagrams.size() < 100) {
            wrong.add("there was hardly any media: " + datagrams.size() + " packets");
        } else {
            wrong.addAll(ClearText.inMedia(datagrams, Instant.now().getEpochSecond() + NTP_OFFSET, A_DAY));
        }
        return wrong;
    }

    public static List<String> onlyThePhoneSystem(Evidence evidence) {
        List<String> wrong = new ArrayList<>();
        if (evidence.reached().isEmpty()) {
            wrong.add("nobody was reached at all");
        }
        for (InetAddress address : evidence.reached()) {
            if (!evidence.named().contains(address)) {
                wrong.add("it talked to " + address.getHostAddress() + ", whom no account names");
            }
        }
        evidence.asked().forEach(name -> wrong.add("it asked for the name " + name + ", which no account needs"));
        return wrong;
    }

    /** S6: nothing remains at the registrar or on the disk, and no login can be restored. */
    public static List<String> loggedOut(Evidence evidence) {
        List<String> wrong = new ArrayList<>(differences(
                evidence,
                Map.of(
                        "log-out", "LogoutResult[unregistered=true, leftover=null]",
                        "registered after log-out", "false",
                        "restarted after log-out", "NothingStored[]",
                        "kept after log-out", "0 entries")));
        nothingOnDisk(evidence, "after log-out", wrong);
        return wrong;
    }

    private static void nothingOnDisk(Evidence evidence, String moment, List<String> wrong) {
        if (!evidence.disk().containsKey(moment)) {
            wrong.add("nobody looked at the disk " + moment);
        } else if (sizeOf(evidence, moment) > 0) {
            wrong.add("something is stored " + moment);
        }
    }

    /** R1: the export has all stored personal data, and no secret. */
    public static List<String> userSeesItAll(Evidence evidence) {
        List<String> wrong = new ArrayList<>();
        for (Canary canary : List.of(
                evidence.canaries().number(),
                evidence.canaries().name(),
                evidence.canaries().favourite(),
                evidence.canaries().favouriteNumber(),
                evidence.canaries().otherNumber(),
                evidence.canaries().dialled())) {
            if (!canary.isIn(evidence.exported())) {
                wrong.add("the " + canary + " is held and not shown to the user");
            }
        }
        for (Canary canary : evidence.canaries().secrets()) {
            if (canary.isIn(evidence.exported())) {
                wrong.add("the " + canary + " is in the export");
            }
        }
        return wrong;
    }

    public static List<String> erased(Evidence evidence) {
        List<String> wrong = new ArrayList<>(differences(
                evidence,
                Map.of("second login", "REGISTERED", "erase", "Erased[]", "registered after erasing", "false")));
        nothingOnDisk(evidence, "after erasing", wrong);
        return wrong;
    }

    public static List<String> nothingIsShown(Evidence evidence) {
        List<String> wrong = new ArrayList<>();
        if (evidence.printed().size() < 50 || evidence.threads().isEmpty()) {
            wrong.add("hardly anything was printed");
        }
        shown(evidence, evidence.canaries().all(), wrong);
        for (List<String> texts : List.of(evidence.logged(), evidence.printed())) {
            for (String text : texts) {
                if (KEY_MATERIAL.matcher(text).find()) {
                    wrong.add("a message or a key is shown");
                }
                if (text.startsWith("DEFECT")) {
                    wrong.add("a task of the engine failed " + places(text));
                }
            }
        }
        return wrong;
    }

    /** Returns the frames of a stack trace, without the messages of its exceptions. */
    private static String places(String trace) {
        return trace.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at "))
                .limit(4)
                .collect(Collectors.joining(", "));
    }

    private static void shown(Evidence evidence, List<Canary> wanted, List<String> wrong) {
        Map<String, List<String>> places = Map.of(
                "a log line",
                evidence.logged(),
                "a printed object",
                evidence.printed(),
                "a thread dump",
                evidence.threads());
        places.forEach((place, texts) -> {
            for (Canary canary : wanted) {
                if (texts.stream().anyMatch(canary::isIn)) {
                    wrong.add("the " + canary + " is in " + place);
                }
            }
        });
    }
}
