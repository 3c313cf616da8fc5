// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.PacketTrace.Packet;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.Sound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promise C10, counted: calls of whole engines in each state, each with a change of the device's address at a moment of its own, a third of them after
 * some time without any network. {@code docs/networks.md} has the figures that it prints.
 */
@Tag("slow")
class NetworkChangeFiguresTest {
    private static final int CALLS = 200;
    private static final int ACCOUNTS = 100;
    private static final Duration ONE_WAY = Duration.ofMillis(40);
    private static final String OLD = "192.0.2.1";
    private static final String NOWHERE = "203.0.113.250";
    private static final String NEW = "198.51.100.7";

    private final Map<State, int[]> kept = new EnumMap<>(State.class);
    private final List<Long> registered = new ArrayList<>();
    private final List<Long> silent = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    /** Of the call of the device that moves. */
    enum State {
        RINGING_IN,
        RINGING_OUT,
        TALKING,
        HELD,
        HELD_BY_THE_OTHER_SIDE,
        IS_TRANSFERRED,
        TRANSFERS
    }

    @Test
    void C10_calls_are_kept_over_a_change_of_the_address_in_every_state() {
        for (int i = 0; i < CALLS; i++) {
            State state = State.values()[i % State.values().length];
            boolean isKept = new Run(i, state).isKept();
            int[] count = kept.computeIfAbsent(state, unused -> new int[2]);
            count[0] += isKept ? 1 : 0;
            count[1]++;
            if (!isKept) {
                lost.add(state + " with seed " + i);
            }
        }
        int all = kept.values().stream().mapToInt(count -> count[0]).sum();
        System.out.printf("calls kept: %d of %d%n", all, CALLS);
        kept.forEach((state, count) -> System.out.printf(
                "  %s: %d of %d%n", state.name().toLowerCase(Locale.ROOT).replace('_', ' '), count[0], count[1]));
        System.out.printf("re-registered after: %s%n", percentiles(registered));
        System.out.printf("silence in a call, each way: %s%n", percentiles(silent));

        assertThat(lost).isEmpty();
        assertThat(Collections.max(registered)).isLessThan(1_000);
        assertThat(Collections.max(silent)).isLessThan(1_000);
    }

    @Test
    void C10_an_account_is_registered_again_over_TLS_within_a_second() {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(Runnable::run);
        for (int i = 0; i < ACCOUNTS; i++) {
            Random random = Seeds.random(i);
            try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tls(
                    i, account -> account, config -> config.platform(p -> p.networkMonitor(monitor)))) {
                scene.network.defaultConditions(LinkConditions.LAN.withDelay(ONE_WAY));
                scene.pass(Duration.ofMillis(random.nextInt(1_000)));
                scene.phone.moveTo(NEW);
                Duration back = scene.time.elapsed();
                int before = scene.pbx.received("REGISTER").size();
                monitor.become(NetworkMonitor.Status.on("network " + i));
                scene.until(() -> scene.pbx.received("REGISTER").size() > before
                        && scene.alice.registration().state() == RegistrationState.REGISTERED);
                registered.add(scene.time.elapsed().minus(back).toMillis());
            }
        }
        System.out.printf("re-registered over TLS after: %s%n", percentiles(registered));

        assertThat(Collections.max(registered)).isLessThan(1_000);
    }

    private static String percentiles(List<Long> millis) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        int last = sorted.size() - 1;
        return String.format(
                Locale.ROOT,
                "50 %%: %d ms, 99 %%: %d ms, 100 %%: %d ms, of %d",
                sorted.get(last / 2),
                sorted.get(last * 99 / 100),
                sorted.get(last),
                sorted.size());
    }

    /** One call and one change. */
    private final class Run {
        private final Random random;
        private final State state;
        private final PhoneScene scene;
        private final FakeNetworkMonitor monitor;
        private final Phone alice;
        private final Phone bob;
        private final Phone carol;

        Run(long seed, State state) {
            this.random = Seeds.random(seed);
            this.state = state;
            this.scene = new PhoneScene(seed);
            scene.network.defaultConditions(LinkConditions.LAN.withDelay(ONE_WAY));
            this.monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
            this.alice = phone("alice", OLD, 440, config -> config.platform(p -> p.networkMonitor(monitor)));
            this.bob = phone("bob", "192.0.2.2", 880, config -> config);
            this.carol = phone("carol", "192.0.2.3", 1_320, config -> config);
        }

        private Phone phone(String user, String address, double hertz, UnaryOperator<CallClientConfig.Builder> more) {
            return scene.phone(
                            address,
                            PhoneScene.accountBuilder(user)
                                    .codecs(Set.of("pcmu"))
                                    .build(),
                            config -> more.apply(config.incomingTransfers(IncomingTransfers.FOLLOW)))
                    .registered()
                    .speaking(hertz);
        }

        boolean isKept() {
            try (scene) {
                return switch (state) {
                    case RINGING_IN -> ringingIn();
                    case RINGING_OUT -> ringingOut();
                    case TALKING -> talking();
                    case HELD -> held(true);
                    case HELD_BY_THE_OTHER_SIDE -> held(false);
                    case IS_TRANSFERRED -> isTransferred();
                    case TRANSFERS -> transfers();
                };
            }
        }

        private boolean ringingIn() {
            bob.account.dial("alice");
            scene.until(() -> alice.incoming != null);
            move();
            alice.incoming.answer();
            scene.pass(Duration.ofSeconds(2));
            return heard(alice, 440, bob, 880);
        }

        private boolean ringingOut() {
            alice.account.dial("bob");
            scene.until(() -> bob.incoming != null);
            move();
            bob.incoming.answer();
            scene.pass(Duration.ofSeconds(2));
            return heard(alice, 440, bob, 880);
        }

        private boolean talking() {
            if (random.nextBoolean()) {
                scene.talk(alice, bob);
            } else {
                scene.talk(bob, alice);
            }
            scene.pass(Duration.ofSeconds(1));
            Duration back = move();
            silent.add(silenceAt("192.0.2.2", back));
            silent.add(silenceAt(NEW, back));
            return heard(alice, 440, bob, 880);
        }

        private boolean held(boolean here) {
            Call call = scene.talk(alice, bob);
            Call holder = here ? call : bob.incoming;
            Call other = here ? bob.incoming : call;
            holder.hold();
            scene.until(() -> other.snapshot().hold() == HoldState.REMOTE);
            move();
            holder.resume();
            scene.pass(Duration.ofSeconds(2));
            return heard(alice, 440, bob, 880);
        }

        private boolean isTransferred() {
            Call call = scene.talk(bob, alice);
            call.transfer("carol");
            return followed(bob);
        }

        private boolean transfers() {
            Call call = scene.talk(alice, bob);
            call.transfer("carol");
            return followed(alice);
        }

        /** Kept is a call with the one that it was transferred to, or, where that did not come about, the call that there was. */
        private boolean followed(Phone transferor) {
            move();
            scene.pass(Duration.ofSeconds(2));
            if (carol.incoming != null && carol.incoming.snapshot().state() == CallState.INCOMING) {
                carol.incoming.answer();
            }
            scene.pass(Duration.ofSeconds(2));
            Phone transferred = transferor == alice ? bob : alice;
            double own = transferred == alice ? 440 : 880;
            return heard(transferred, own, carol, 1_320) || heard(alice, 440, bob, 880);
        }

        private boolean heard(Phone one, double oneSays, Phone other, double otherSays) {
            one.audio.forgetHeard();
            other.audio.forgetHeard();
            scene.pass(Duration.ofMillis(500));
            return loudness(one, otherSays) > 6_000 && loudness(other, oneSays) > 6_000;
        }

        private double loudness(Phone phone, double hertz) {
            return Sound.amplitudeOf(hertz, phone.audio.heard(), phone.audio.heardRate());
        }

        /** @return when the device was on its new network */
        private Duration move() {
            scene.pass(Duration.ofMillis(random.nextInt(400)));
            if (random.nextInt(3) == 0) {
                scene.network.host(OLD).moveTo(NOWHERE);
                scene.network.partition(NOWHERE, PhoneScene.DOMAIN);
                scene.network.partition(NOWHERE, "192.0.2.2");
                monitor.become(NetworkMonitor.Status.OFFLINE);
                scene.pass(Duration.ofMillis(200 + random.nextInt(5_000)));
                scene.network.host(NOWHERE).moveTo(NEW);
            } else {
                scene.network.host(OLD).moveTo(NEW);
            }
            Duration back = scene.time.elapsed();
            int before = alice.registrations.size();
            monitor.become(NetworkMonitor.Status.on("second"));
            scene.until(() -> alice.registrations.size() > before
                    && alice.account.registration().state() == RegistrationState.REGISTERED);
            registered.add(scene.time.elapsed().minus(back).toMillis());
            scene.pass(Duration.ofSeconds(2));
            return back;
        }

        /** For how long, since the device was on its new network, no sound came to an address. */
        private long silenceAt(String address, Duration back) {
            Duration last = back;
            Duration longest = Duration.ZERO;
            for (Packet packet : scene.network.trace().packets()) {
                if (packet.at().compareTo(back) > 0 && isSoundTo(packet, address)) {
                    Duration gap = packet.at().minus(last);
                    longest = gap.compareTo(longest) > 0 ? gap : longest;
                    last = packet.at();
                }
            }
            return last.equals(back) ? Long.MAX_VALUE : longest.plus(ONE_WAY).toMillis();
        }

        private boolean isSoundTo(Packet packet, String address) {
            byte[] payload = packet.payload();
            return packet.fate() == PacketTrace.Fate.PASSED
                    && packet.to().getAddress().getHostAddress().equals(address)
                    && payload.length > 60
                    && (payload[0] & 0xC0) == 0x80
                    && ((payload[1] & 0x7F) < 72 || (payload[1] & 0x7F) > 76);
        }
    }
}
