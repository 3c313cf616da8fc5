// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.gate.Stall;
import com.techpro.callclient.testkit.soak.gate.StallDetector;
import com.techpro.callclient.testkit.soak.network.ImpairedNetwork;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The soak's own resources, separate from the engine's, so that their threads are not counted as
 * the engine's.
 */
public final class RunEnvironment implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunEnvironment.class.getName());

    /** A jitter buffer keeps hardly more in reserve while the network is even. */
    private static final Duration STALL = Duration.ofMillis(10);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration REST = Duration.ofMillis(200);

    private final JdkSchedulers schedulers;
    private final Loop loop;
    private final Loop judges;
    private final Loop witness;
    private final StallDetector detector = new StallDetector(RunEnvironment::carriesSound);
    private final AudioClock clock;
    /** Whether only stalls of others are excused, since this process is judged too. */
    private final boolean judgesItself;

    private volatile long stalled;
    private volatile long ownStalls;
    private volatile long longestOwnStall;

    private RunEnvironment(JdkSchedulers schedulers, boolean judgesItself) {
        this.schedulers = schedulers;
        this.judgesItself = judgesItself;
        this.loop = schedulers.openLoop("soak", RunEnvironment::defect);
        this.judges = schedulers.openLoop("judge", RunEnvironment::defect);
        this.witness = schedulers.openAudioLoop("witness", RunEnvironment::defect);
        this.clock = new AudioClock(schedulers.openAudioLoop("soak-audio", RunEnvironment::defect));
        long now = witness.nanoTime();
        witness.execute(() -> look(now));
    }

    /** The media loops of the engine and the embedded PBX, and the sound cards' clock. */
    private static boolean carriesSound(String thread) {
        return thread.startsWith("callclient-medi")
                || thread.startsWith("callclient-pbx-")
                || thread.startsWith("callclient-soak");
    }

    /** Repeatedly checks whether the audio threads run, and if not, finds the cause. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void look(long due) {
        Stall stall = detector.look(witness.nanoTime(), due);
        Duration cost = judgesItself ? stall.byOthers() : stall.held();
        if (cost.compareTo(STALL) > 0) {
            clock.stalled(stall.held().plus(LOOK), cost);
        }
        if (stall.held().compareTo(STALL) > 0) {
            stalled += stall.held().toNanos();
        }
        if (stall.own().compareTo(STALL) > 0) {
            ownStalls++;
            longestOwnStall = Math.max(longestOwnStall, stall.own().toNanos());
        }
        Duration rest = clock.openStreams() == 0 ? REST : LOOK;
        long next = witness.nanoTime() + rest.toNanos();
        var unused = witness.schedule(rest, () -> look(next));
    }

    /** Forgets the stalls so far, before the judged calls. */
    void countStallsAnew() {
        clock.countAnew();
        witness.execute(() -> {
            ownStalls = 0;
            longestOwnStall = 0;
        });
    }

    /**
     * Returns how often this process itself held audio threads up by its loops, collections or
     * contention.
     */
    long ownStalls() {
        return ownStalls;
    }

    /** Returns the longest of those times. */
    Duration longestOwnStall() {
        return Duration.ofNanos(longestOwnStall);
    }

    /** Returns how long audio threads were held up so far, for any cause. */
    Duration stalled() {
        return Duration.ofNanos(stalled);
    }

    /** In real time, on this machine. */
    public static RunEnvironment open() {
        return new RunEnvironment(new JdkSchedulers(), true);
    }

    /**
     * As {@link #open}, to judge a phone system, and not this engine: stalls that this process
     * itself causes are excused too.
     */
    public static RunEnvironment openToLoad() {
        return new RunEnvironment(new JdkSchedulers(), false);
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

    Await.OnLoop waiting() {
        return Await.on(loop);
    }

    /** For the embedded phone system, without saving unverified audio. */
    SoakClient connect(SoakSettings settings, RunStatistics statistics) {
        return connect(settings, statistics, settings.speechLimits(), new UnverifiedSpeech(null));
    }

    /** An engine with this machine's sockets, impaired if requested. */
    SoakClient connect(
            SoakSettings settings, RunStatistics statistics, SpeechLimits limits, UnverifiedSpeech unverified) {
        JdkSchedulers engine = new JdkSchedulers();
        Network network = new JdkNetwork(engine.workers());
        if (!settings.impairment().isNone()) {
            network = new ImpairedNetwork(
                    network,
                    settings.impairment(),
                    engine.openLoop("impairment", RunEnvironment::defect),
                    settings.seed());
        }
        return new SoakClient(this, settings, engine, network, statistics, limits, unverified);
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
