// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.testkit.contracts.AudioPortContract;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Lacks;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit for any audio port, in real time. */
@ExtendWith(PortFactory.class)
@Lacks(value = "loss of the devices", because = "a command cannot unplug them")
@Lacks(value = "change of the default", because = "a command does not choose it")
@Lacks(value = "a headset", because = "a command cannot unplug it")
abstract class AnyAudio extends AudioPortContract {
    private final AudioPort port;

    AnyAudio(PortFactory factory) {
        this.port = factory.make(AudioPort.class, KitPort.AUDIO);
    }

    @Override
    protected AudioPort port() {
        return port;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(10));
    }

    @Override
    protected long nanoTime() {
        return System.nanoTime();
    }

    @AfterEach
    void closePort() throws Exception {
        if (port instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Lacks(value = "loopback", because = "--loopback was not given")
    static final class Alone extends AnyAudio {
        Alone(PortFactory factory) {
            super(factory);
        }
    }

    static final class LoopedBack extends AnyAudio {
        LoopedBack(PortFactory factory) {
            super(factory);
        }

        @Override
        protected boolean hasLoopback() {
            return true;
        }
    }
}
