// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Schedulers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Everything a {@link CallClient} is made of. Immutable. */
public final class CallClientConfig {
    private static final Logger LOG = Logger.getLogger(CallClientConfig.class.getName());

    private final @Nullable Schedulers schedulers;
    private final @Nullable Network network;
    private final @Nullable AudioPort audio;
    private final Executor callbacks;
    private final CallClientListener listener;
    private final Random random;
    private final String userAgent;
    private final Duration ringTimeout;
    private final Duration mediaTimeout;
    private final Duration qualityInterval;
    private final int mediaLoops;
    private final int maxCalls;
    private final boolean sharedConnections;
    private final Thread.UncaughtExceptionHandler failures;

    private CallClientConfig(Builder builder) {
        this.schedulers = builder.schedulers;
        this.network = builder.network;
        this.audio = builder.audio;
        this.callbacks =
                Objects.requireNonNull(builder.callbacks, "callbacks: the executor that listener methods run on");
        this.listener = builder.listener;
        this.random = builder.random;
        this.userAgent = builder.userAgent;
        this.ringTimeout = builder.ringTimeout;
        this.mediaTimeout = builder.mediaTimeout;
        this.qualityInterval = builder.qualityInterval;
        this.mediaLoops = builder.mediaLoops;
        this.maxCalls = builder.maxCalls;
        this.sharedConnections = builder.sharedConnections;
        this.failures = builder.failures;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Null means the JDK's. */
    public @Nullable Schedulers schedulers() {
        return schedulers;
    }

    /** Null means the JDK's. */
    public @Nullable Network network() {
        return network;
    }

    /** Null means that calls have neither microphone nor speaker unless their options name one. */
    public @Nullable AudioPort audio() {
        return audio;
    }

    public Executor callbacks() {
        return callbacks;
    }

    public CallClientListener listener() {
        return listener;
    }

    public Random random() {
        return random;
    }

    public String userAgent() {
        return userAgent;
    }

    public Duration ringTimeout() {
        return ringTimeout;
    }

    public Duration mediaTimeout() {
        return mediaTimeout;
    }

    public Duration qualityInterval() {
        return qualityInterval;
    }

    public int mediaLoops() {
        return mediaLoops;
    }

    public int maxCalls() {
        return maxCalls;
    }

    public boolean sharedConnections() {
        return sharedConnections;
    }

    public Thread.UncaughtExceptionHandler failures() {
        return failures;
    }

    /** Collects settings. Only {@link #callbacks} has no default. */
    public static final class Builder {
        private @Nullable Schedulers schedulers;
        private @Nullable Network network;
        private @Nullable AudioPort audio;
        private @Nullable Executor callbacks;
        private CallClientListener listener = new CallClientListener() {};
        private Random random = new SecureRandom();
        private String userAgent = "CallClient";
        private Duration ringTimeout = Duration.ofSeconds(60);
        private Duration mediaTimeout = Duration.ofSeconds(30);
        private Duration qualityInterval = Duration.ofSeconds(5);
        private int mediaLoops = 1;
        private int maxCalls = 100;
        private boolean sharedConnections;
        private Thread.UncaughtExceptionHandler failures =
                (thread, failure) -> LOG.log(Level.SEVERE, "a task of the engine failed", failure);

        private Builder() {}

        /** Where loops and workers come from; the caller closes it, after the client. */
        public Builder schedulers(Schedulers choice) {
            this.schedulers = choice;
            return this;
        }

        /** Where sockets come from; the caller closes it, after the client. */
        public Builder network(Network choice) {
            this.network = choice;
            return this;
        }

        public Builder audio(@Nullable AudioPort port) {
            this.audio = port;
            return this;
        }

        /** Where listener methods run; they keep their order whatever the executor does. */
        public Builder callbacks(Executor executor) {
            this.callbacks = executor;
            return this;
        }

        public Builder listener(CallClientListener choice) {
            this.listener = choice;
            return this;
        }

        /** Tags, branches, keys and jitter come from here; anything but a {@link SecureRandom} is for tests. */
        public Builder random(Random source) {
            this.random = source;
            return this;
        }

        /** What the User-Agent header says (promise C9). */
        public Builder userAgent(String product) {
            if (product.isEmpty() || product.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("a user agent is printable ASCII");
            }
            this.userAgent = product;
            return this;
        }

        /** How long a call rings, in either direction, before it ends as {@link CallEnding.NoAnswer}. */
        public Builder ringTimeout(Duration timeout) {
            this.ringTimeout = positive(timeout);
            return this;
        }

        /** How long an established call may receive no media at all, while some is due, before it ends. */
        public Builder mediaTimeout(Duration timeout) {
            this.mediaTimeout = positive(timeout);
            return this;
        }

        /** How often {@link CallEvent.QualityChanged} is told. */
        public Builder qualityInterval(Duration interval) {
            this.qualityInterval = positive(interval);
            return this;
        }

        /** Over how many threads the calls' media is spread. */
        public Builder mediaLoops(int loops) {
            if (loops < 1 || loops > 64) {
                throw new IllegalArgumentException("1 to 64 media loops, not " + loops);
            }
            this.mediaLoops = loops;
            return this;
        }

        /** How many calls an account may have at once; further callers are told that it is busy. */
        public Builder maxCalls(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException("at least one call, not " + calls);
            }
            this.maxCalls = calls;
            return this;
        }

        /** Whether accounts of the same phone system share one connection to it, which makes a thousand of them cheap. */
        public Builder sharedConnections(boolean shared) {
            this.sharedConnections = shared;
            return this;
        }

        /** Hears of defects in the engine itself; by default they are logged. */
        public Builder failures(Thread.UncaughtExceptionHandler handler) {
            this.failures = handler;
            return this;
        }

        public CallClientConfig build() {
            return new CallClientConfig(this);
        }

        private static Duration positive(Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a timeout is longer than nothing, not " + duration);
            }
            return duration;
        }
    }
}
