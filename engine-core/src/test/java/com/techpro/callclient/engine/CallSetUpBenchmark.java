// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long a call takes from dialling until it is established, and until both hear each other, 40 ms from anywhere to anywhere, where the callee answers at once.
 * In virtual time, so that computing costs nothing. Reports, and judges nothing.
 */
@Tag("benchmark")
class CallSetUpBenchmark {
    private static final int CALLS = 100;
    private static final int LOUD = 300;
    private static final Duration ONE_WAY = Duration.ofMillis(40);
    private static final String RELAY = "203.0.113.1";

    enum Way {
        WITHOUT_ICE,
        ICE_WITH_OWN_ADDRESSES,
        ICE_WITH_STUN,
        ICE_WITH_A_DEAD_STUN_SERVER("203.0.113.99"),
        ICE_THROUGH_PORT_RESTRICTED_NATS(Kind.PORT_RESTRICTED),
        ICE_THROUGH_SYMMETRIC_NATS_AND_A_RELAY(Kind.SYMMETRIC);

        final String stun;
        final Kind nats;

        Way() {
            this(RELAY, null);
        }

        Way(String stun) {
            this(stun, null);
        }

        Way(Kind nats) {
            this(RELAY, nats);
        }

        Way(String stun, Kind nats) {
            this.stun = stun;
            this.nats = nats;
        }

        IceSettings settings() {
            return switch (this) {
                case WITHOUT_ICE -> IceSettings.DEFAULT.withUse(Use.NEVER);
                case ICE_WITH_OWN_ADDRESSES -> IceSettings.DEFAULT.withUse(Use.OFFERED);
                case ICE_WITH_STUN, ICE_WITH_A_DEAD_STUN_SERVER ->
                    IceSettings.DEFAULT.withUse(Use.OFFERED).withServers(List.of(IceServer.stun(stun)));
                case ICE_THROUGH_PORT_RESTRICTED_NATS, ICE_THROUGH_SYMMETRIC_NATS_AND_A_RELAY ->
                    IceSettings.DEFAULT
                            .withUse(Use.OFFERED)
                            .withServers(List.of(
                                    IceServer.stun(stun),
                                    IceServer.turn(
                                            stun, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD))));
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void from_dialling_to_sound_with_keys_in_the_signalling(Way way) {
        measure(way, KeyingPolicy.PREFER_SDES);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void from_dialling_to_sound_with_keys_by_a_handshake(Way way) {
        measure(way, KeyingPolicy.PREFER_DTLS);
    }

    private static void measure(Way way, KeyingPolicy keying) {
        double[] established = new double[CALLS];
        double[] heard = new double[CALLS];
        try (PhoneScene scene = new PhoneScene(way.ordinal())) {
            scene.network.defaultConditions(LinkConditions.LAN.withDelay(ONE_WAY));
            SimulatedTurnServer server = new SimulatedTurnServer(scene.network.host(RELAY));
            Phone alice = phone(scene, "alice", "198.51.100.1", "10.0.0.5", way, keying);
            Phone bob = phone(scene, "bob", "198.51.100.2", "10.0.1.5", way, keying);
            for (int i = 0; i < CALLS; i++) {
                alice.audio.forgetHeard();
                bob.audio.forgetHeard();
                bob.incoming = null;
                long begun = scene.time.nanoTime();
                Call call = scene.talk(alice, bob);
                established[i] = (scene.time.nanoTime() - begun) / 1e6;
                scene.until(() -> isHeard(alice) && isHeard(bob));
                heard[i] = (scene.time.nanoTime() - begun) / 1e6;
                call.hangUp();
                scene.until(() -> bob.incoming.snapshot().state() == CallState.ENDED);
                // At another moment within a packet's time.
                scene.pass(Duration.ofMillis(1_000 + i % 20));
            }
            server.close();
        }
        Arrays.sort(established);
        Arrays.sort(heard);
        System.out.printf(
                "%-40s %-11s established: p50 %4.0f ms, p99 %4.0f ms; both heard: p50 %4.0f ms, p99 %4.0f ms (%d calls, 40 ms each way)%n",
                way,
                keying,
                percentile(established, 50),
                percentile(established, 99),
                percentile(heard, 50),
                percentile(heard, 99),
                CALLS);
    }

    private static Phone phone(
            PhoneScene scene, String user, String nat, String address, Way way, KeyingPolicy keying) {
        SimulatedHost host = way.nats == null
                ? scene.network.host(nat)
                : scene.network.hostBehind(scene.network.nat(nat).kind(way.nats), address);
        return scene.phone(
                        host,
                        PhoneScene.accountBuilder(user)
                                .keyingPolicy(keying)
                                .ice(way.settings())
                                .build())
                .registered()
                .speaking(1_000);
    }

    private static boolean isHeard(Phone phone) {
        for (short sample : phone.audio.heard()) {
            if (Math.abs(sample) > LOUD) {
                return true;
            }
        }
        return false;
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
