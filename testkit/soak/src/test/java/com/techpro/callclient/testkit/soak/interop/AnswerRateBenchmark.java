// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many calls a second are answered cleanly: the engine, media sockets included, beside SIPp's own answering scenario, under
 * SIPp's load on the same cores in the same run. Prints; what it prints depends on the machine, the ratio hardly does.
 */
@Tag("benchmark")
class AnswerRateBenchmark {
    private static final int SECONDS = 3;
    private static final int FIRST_RATE = 100;
    private static final int HIGHEST_RATE = 12_800;

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void clean_answers_a_second() {
        int theirs = sippAnswering();
        int ours = engineAnswering();
        System.out.printf(
                "answer rate: engine %d calls/s, SIPp %d calls/s, ratio %.2f%n", ours, theirs, (double) ours / theirs);
        assertThat(ours).isPositive();
        assertThat(theirs).isPositive();
    }

    private int engineAnswering() {
        Sipp sipp = new Sipp(directory, "u1");
        Sipp.Scenario registration = sipp.expect("register", Map.of());
        SipAccount.Builder account = SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                .transport(SipTransport.UDP)
                .outboundProxy(new HostPort("127.0.0.1", sipp.port()))
                .keepAlive(Duration.ofMinutes(30))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
        EnginePhone phone = new EnginePhone(account, null).answering().awaitRegistered();
        registration.awaitSuccess();
        String contact = registration.contact();
        int rate = highest(candidate -> clean(sipp, contact, candidate));
        phone.vanish();
        return rate;
    }

    private int sippAnswering() {
        int port = Ports.freeRun(4);
        try (PeerProcess answering = PeerProcess.start(
                directory,
                "sipp",
                "-sn",
                "uas",
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-mp",
                Integer.toString(port + 2),
                "-nostdin")) {
            assertThat(answering.isAlive()).isTrue();
            Sipp sipp = new Sipp(directory, "u1");
            return highest(candidate -> clean(sipp, "sip:1001@127.0.0.1:" + port, candidate));
        }
    }

    /** Doubles until it is no longer clean, then halves the interval a few times. */
    private static int highest(IntPredicate clean) {
        int good = 0;
        int bad = FIRST_RATE;
        while (bad <= HIGHEST_RATE && clean.test(bad)) {
            good = bad;
            bad *= 2;
        }
        for (int step = 0; step < 3 && bad <= HIGHEST_RATE; step++) {
            int middle = (good + bad) / 2;
            if (clean.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    /** Whether every call of a burst succeeded, with no more retransmissions than one call in a hundred. */
    private static boolean clean(Sipp sipp, String target, int rate) {
        int calls = rate * SECONDS;
        try (Sipp.Scenario load = sipp.launch(
                "load-uac",
                Map.of("TARGET", target),
                List.of(
                        Sipp.hostPort(target),
                        "-m",
                        Integer.toString(calls),
                        "-r",
                        Integer.toString(rate),
                        "-l",
                        Integer.toString(calls),
                        "-timeout",
                        "20s",
                        "-max_retrans",
                        "3"))) {
            return load.process().await(Duration.ofSeconds(40)) == 0;
        }
    }
}
