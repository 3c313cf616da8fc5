// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.internal.jdk.JdkNetwork;
import com.techpro.callclient.engine.internal.jdk.JdkSchedulers;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.network.ImpairedNetwork;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the soak itself runs on, apart from what the engine runs on, so that its own threads are not taken for the engine's. */
final class Stage implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Stage.class.getName());

    private final JdkSchedulers schedulers;
    private final Loop loop;
    private final Loop judges;
    private final AudioClock clock;

    private Stage(JdkSchedulers schedulers) {
        this.schedulers = schedulers;
        this.loop = schedulers.openLoop("soak", Stage::defect);
        this.judges = schedulers.openLoop("soak-judge", Stage::defect);
        this.clock = new AudioClock(schedulers.openLoop("soak-audio", Stage::defect));
    }

    static Stage open() {
        return new Stage(new JdkSchedulers());
    }

    Loop loop() {
        return loop;
    }

    Loop judges() {
        return judges;
    }

    AudioClock clock() {
        return clock;
    }

    Waiting waiting() {
        return new Waiting(loop);
    }

    /** An engine with sockets of this machine, impaired if so wished. */
    Switchboard connect(SoakSettings settings, Tally tally, Random random) {
        JdkSchedulers engine = new JdkSchedulers();
        Network network = new JdkNetwork(engine.workers());
        if (!settings.impairment().isNone()) {
            network = new ImpairedNetwork(
                    network, settings.impairment(), engine.openLoop("impairment", Stage::defect), settings.seed());
        }
        return new Switchboard(this, settings, engine, network, tally, random);
    }

    @Override
    public void close() {
        clock.close();
        schedulers.close();
    }

    private static void defect(Thread thread, Throwable failure) {
        LOG.log(Level.SEVERE, "the soak itself failed", failure);
    }
}
