// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Sound;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Measures the time from dialling until a call is established, and until the echo is heard: one
 * call after the other, at a PBX in another process. Warming up, one waits for the dead STUN server.
 */
public final class CallSetUp {
    private static final String ECHO = "600";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(30);
    private static final int LOUD = 300;
    /** Calls before the JVM has compiled the code take longer. */
    private static final int WARM_UP = 10;
    /** The polling interval. */
    private static final long STEP_NANOS = 500_000;

    private final int calls;
    private final Consumer<BenchFigure> found;

    public CallSetUp(int calls, Consumer<BenchFigure> found) {
        this.calls = calls;
        this.found = found;
    }

    public void run() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (PbxProcess pbx = new PbxProcess(1);
                DatagramSocket silent = new DatagramSocket(0, loopback)) {
            IceSettings ice = IceSettings.DEFAULT.withUse(Use.OFFERED);
            IceSettings waiting =
                    ice.withServers(List.of(IceServer.stun(loopback.getHostAddress() + ":" + silent.getLocalPort())));
            for (KeyingPolicy keying : List.of(KeyingPolicy.PREFER_SDES, KeyingPolicy.PREFER_DTLS)) {
                measure(pbx, "no ICE", keying, IceSettings.DEFAULT.withUse(Use.NEVER));
                measure(pbx, "ICE", keying, ice);
                measure(pbx, "ICE, STUN known as dead", keying, waiting);
            }
        }
    }

    private void measure(PbxProcess pbx, String way, KeyingPolicy keying, IceSettings ice) {
        double[] established = new double[calls];
        double[] heard = new double[calls];
        try (JdkSchedulers schedulers = new JdkSchedulers();
                Loop devices = schedulers.openLoop("bench-audio", (thread, failure) -> {
                    throw new IllegalStateException("the devices failed", failure);
                })) {
            FakeAudio audio = new FakeAudio(devices).microphone(Sound.tone(1_000, 8_000));
            CallClient client = CallClient.create(CallClientConfig.builder()
                    .platform(p -> p.audio(audio))
                    .tones(CallTones.OFF)
                    .build());
            try {
                SipAccount.Builder settings = pbx.account(0, KEEP_ALIVE).toBuilder();
                Account account =
                        client.addAccount(settings.keyingPolicy(keying).ice(ice).build());
                await("registered", () -> account.registration().state() == RegistrationState.REGISTERED);
                for (int i = -WARM_UP; i < calls; i++) {
                    audio.forgetHeard();
                    long begun = System.nanoTime();
                    Call call = account.dial(ECHO);
                    await("established", () -> call.snapshot().state() == CallState.ESTABLISHED);
                    double untilEstablished = (System.nanoTime() - begun) / 1e6;
                    await("heard", () -> isHeard(audio));
                    double untilHeard = (System.nanoTime() - begun) / 1e6;
                    if (i >= 0) {
                        established[i] = untilEstablished;
                        heard[i] = untilHeard;
                    }
                    call.hangUp();
                    await("over", () -> call.snapshot().state() == CallState.ENDED);
                }
            } finally {
                client.shutdown(LIMIT).toCompletableFuture().join();
            }
        }
        String keys = keying == KeyingPolicy.PREFER_DTLS ? "DTLS" : "SDES";
        tell("answered, " + keys + ", " + way, established, "from dialling until it is established");
        tell(
                "heard, " + keys + ", " + way,
                heard,
                "from dialling until the echo is heard; devices take 10 ms at a time");
    }

    private void tell(String what, double[] millis, String how) {
        Arrays.sort(millis);
        for (int percent : new int[] {50, 99}) {
            double value = millis[Math.min(millis.length - 1, millis.length * percent / 100)];
            found.accept(new BenchFigure(
                    "p" + percent + " " + what, value, "ms", Double.NaN, how + "; " + calls + " calls on loopback"));
        }
    }

    private static boolean isHeard(FakeAudio audio) {
        for (short sample : audio.heard()) {
            if (Math.abs(sample) > LOUD) {
                return true;
            }
        }
        return false;
    }

    private static void await(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LIMIT.toNanos()) {
                throw new IllegalStateException("not " + what + " within " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
