// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The audio kit on {@link FakeAudio}, or on a wrapper around it. */
abstract class FakeAudioKit extends AudioPortContract {
    final VirtualTime time = VirtualTime.seeded(3);
    final FakeAudio audio = new FakeAudio(time.openLoop("audio")).loopback();

    @Override
    protected final void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected final long nanoTime() {
        return time.nanoTime();
    }

    @Override
    protected final boolean hasLoopback() {
        return true;
    }

    @Override
    protected final boolean lose() {
        audio.lose();
        return true;
    }

    @Override
    protected final void restore() {
        audio.restore();
    }
}
