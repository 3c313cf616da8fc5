// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import com.techpro.callclient.testkit.soak.privacy.WireRecord.Sent;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the {@link Evidence} says about promises. A proof gives what is wrong, and nothing where the promise is kept. */
public final class Proofs {
    /** Digest credentials, SRTP keys and SDP as they would look if somebody logged a message. */
    private static final Pattern KEY_MATERIAL = Pattern.compile(
            "inline:|a=crypto|\\bnonce=\"|\\bresponse=\"|Authorization: ?(Digest|Basic)", Pattern.CASE_INSENSITIVE);
    /** NTP counts from 1900 (RFC 5905). */
    private static final long NTP_OFFSET = 2_208_988_800L;

    private static final long A_DAY = 86_400;

    private Proofs() {}

    /** Those that a run of the {@link MainScenario} can decide. */
    public static Map<Promise, Function<Evidence, List<String>>> all() {
        Map<Promise, Function<Evidence, List<String>>> proofs = new EnumMap<>(Promise.class);
        proofs.put(Promise.C1, Proofs::passwordsStay);
        proofs.put(Promise.C4, Proofs::personalDataIsSealed);
        proofs.put(Promise.C9, Proofs::deviceIsNotToldInClear);
        proofs.put(Promise.C11, Proofs::microphone);
        proofs.put(Promise.U1, Proofs::calls);
        proofs.put(Promise.U2, Proofs::wrongPassword);
        proofs.put(Promise.S4, Proofs::everythingIsEncrypted);
        proofs.put(Promise.S5, Proofs::onlyThePhoneSystem);
        proofs.put(Promise.S6, Proofs::unregistered);
        proofs.put(Promise.T3, Proofs::onlyThePhoneSystem);
        proofs.put(Promise.R1, Proofs::userSeesItAll);
        proofs.put(Promise.R3, Proofs::erased);
        proofs.put(Promise.O2, Proofs::nothingIsShown);
        return proofs;
    }

    /** C1, on the wire. */
    public static List<String> passwordsStay(Evidence evidence) {
        return canariesIn(evidence, evidence.canaries().secrets());
    }

    /** C4, S4: whatever is personal is unreadable on the way. */
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

    /** What is cut in two between writes is whole again here. */
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

    public static List<String> wrongPassword(Evidence evidence) {
        return differences(
                evidence,
                Map.of(
                        "wrong password", "AuthenticationFailed[problem=WRONG_CREDENTIALS]",
                        "registered with a wrong password", "false",
                        "right password", "REGISTERED"));
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

    public static List<String> unregistered(Evidence evidence) {
        return evidence.registeredAfter() == 0
                ? List.of()
                : List.of("the phone system still knows " + evidence.registeredAfter() + " devices");
    }

    /** R1: what is personal and held is in the export, and no secret is. */
    public static List<String> userSeesItAll(Evidence evidence) {
        List<String> wrong = new ArrayList<>();
        for (Canary canary :
                List.of(evidence.canaries().number(), evidence.canaries().name())) {
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
        List<String> wrong = new ArrayList<>(unregistered(evidence));
        wrong.addAll(differences(evidence, Map.of("erase", "Erased[]")));
        evidence.storedAfter().forEach(name -> wrong.add("there is still something stored as " + name));
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
                    wrong.add("a task of the engine failed");
                }
            }
        }
        return wrong;
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
