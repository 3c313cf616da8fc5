// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.testkit.contracts.AudioPortContract;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Lacks;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of audio ports, on a real sound server whose speaker is its microphone. */
@Tag("interop")
@Tag("day-2")
@Lacks(value = "change of the default", because = "the server moves the streams, and how fast is its own affair")
@Lacks(
        value = "a headset",
        because = "the server's devices are behind one of JavaSound's; DefaultDeviceTest has headsets")
class RealLinesContractTest extends AudioPortContract {
    private static SoundServer server;

    private final JavaSoundAudio audio = new JavaSoundAudio();

    @BeforeAll
    static void startServer() {
        server = SoundServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected AudioPort port() {
        return audio;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(10));
    }

    @Override
    protected long nanoTime() {
        return System.nanoTime();
    }

    @Override
    protected boolean hasLoopback() {
        return true;
    }

    @Override
    protected boolean lose() {
        server.kill();
        return true;
    }

    @Override
    protected void restore() {
        server.restart();
    }
}
