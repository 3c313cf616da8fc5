// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.interop.Kamailio.FleetSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many accounts of one client, each over a TLS connection of its own, whose Kamailio is killed and comes back without any of their bindings. The row that
 * it prints is docs/performance.md's; {@code -Dkamailio.phones=2000} is the fleet shown there.
 */
@Tag("interop")
class KamailioFleetTest {
    private static final int PHONES = Integer.getInteger("kamailio.phones", 200);
    private static final int FIRST = 100_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** A REGISTER, and the same with the proof; twice, should an answer be late. */
    private static final int MOST_REQUESTS = 4;

    /** Connections a phone: of those that were refused before Kamailio listened again it knows nothing. */
    private static final int MOST_CONNECTIONS = 2;

    private static final int THREADS = 16;

    private final ProcessProbe probe = new ProcessProbe();
    private final List<Account> accounts = new ArrayList<>();
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Test
    void all_come_back_to_a_kamailio_that_forgot_them() {
        int descriptors = probe.descriptors();
        int threads = probe.threadCount();
        try (Kamailio kamailio = Kamailio.forFleet(directory, "SHA-256");
                CallClient client = client()) {
            long sharedMemory = kamailio.fleet().sharedMemory();
            for (int i = 0; i < PHONES; i++) {
                accounts.add(client.addAccount(kamailio.account(Integer.toString(FIRST + i), SipTransport.TLS)
                        .build()));
            }
            Await.until(() -> registered() + " are registered", () -> registered() == PHONES, LIMIT);
            FleetSeen first = kamailio.fleet();
            assertThat(first.registered()).isEqualTo(PHONES);
            System.out.println((first.sharedMemory() - sharedMemory) / PHONES / 1_000
                    + " kB of Kamailio's shared memory a phone, with its connection and its registration");
            assertBounded(descriptors, threads);

            kamailio.kill();
            Await.until(() -> registered() + " have not noticed", () -> registered() == 0, LIMIT);
            kamailio.startAgain();
            long start = System.nanoTime();
            String half = after(start, PHONES / 2);
            String nearlyAll = after(start, PHONES * 99 / 100);
            String all = after(start, PHONES);

            FleetSeen seen = kamailio.fleet();
            System.out.printf(
                    Locale.ROOT,
                    "| Kamailio, killed and started again | %s | %s | %s | %.1f | %d |%n",
                    half,
                    nearlyAll,
                    all,
                    seen.requests() / (double) PHONES,
                    seen.mostOfOne());
            System.out.println(PHONES + " phones, " + seen.connections() + " connections, "
                    + (probe.descriptors() - descriptors) + " descriptors and " + (probe.threadCount() - threads)
                    + " threads more than before the first");
            assertThat(seen.registered()).isEqualTo(PHONES);
            assertThat(seen.mostOfOne()).isLessThanOrEqualTo(MOST_REQUESTS);
            assertThat(seen.connections()).isLessThanOrEqualTo(MOST_CONNECTIONS * PHONES);
            assertBounded(descriptors, threads);
        }
        assertThat(defects).isEmpty();
    }

    private CallClient client() {
        return CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .failures((thread, failure) -> defects.add(failure))
                .build());
    }

    private int registered() {
        int registered = 0;
        for (Account account : accounts) {
            registered += account.registration().state() == RegistrationState.REGISTERED ? 1 : 0;
        }
        return registered;
    }

    private String after(long start, int phones) {
        Await.until(
                () -> phones + " are registered again; there are " + registered(), () -> registered() >= phones, LIMIT);
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
    }

    /** One connection a phone, and none for each of them beside it. */
    private void assertBounded(int descriptors, int threads) {
        assertThat(probe.descriptors() - descriptors).isLessThan(PHONES + 50);
        assertThat(probe.threadCount() - threads).isLessThan(THREADS);
    }
}
