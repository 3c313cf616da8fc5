// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Schedulers;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Settings that only tests and load generators need: see {@link CallClientConfig.Builder#lab}. */
public final class Lab {
    private final ClientSettings values;

    Lab(ClientSettings values) {
        this.values = values;
    }

    /** The source of loops and workers; you close it, after the client. */
    public Lab schedulers(Schedulers choice) {
        values.schedulers = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** The source of sockets; you close it, after the client. */
    public Lab network(Network choice) {
        values.network = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** The source of tags, branches, keys and jitter; anything but a {@link SecureRandom} is for tests. */
    public Lab random(Random source) {
        values.random = Objects.requireNonNull(source, "source");
        return this;
    }

    /** The number of threads for the media of calls. */
    public Lab mediaLoops(int loops) {
        values.mediaLoops = ConfigBounds.mediaLoops(loops);
        return this;
    }

    /** Whether accounts of the same phone system share one connection to it. This makes a thousand accounts cheap. */
    public Lab sharedConnections(boolean shared) {
        values.sharedConnections = shared;
        return this;
    }

    /**
     * Whether {@link CallClientConfig.Builder#sipTrace} gets messages unchanged, with names, numbers, texts, digest
     * answers and media keys. Whoever reads such a trace can listen to the calls in it.
     */
    public Lab traceRaw(boolean raw) {
        values.traceRaw = raw;
        return this;
    }

    /**
     * Keeps the inputs of the last calls for {@link DiagnosticsReport#callInputs}. Each call costs up to some hundred
     * kilobytes. A shrinker that renames the engine's classes renames the inputs too.
     *
     * @param calls how many, 0 by default, at most 10,000
     * @throws IllegalArgumentException if it is negative or too large
     */
    public Lab traceCalls(int calls) {
        values.traceCalls = ConfigBounds.tracedCalls(calls);
        return this;
    }

    /**
     * The settings of a {@link CallClientConfig}.
     *
     * @param schedulers null means the JDK's
     * @param network null means the JDK's
     */
    public record Settings(
            @Nullable Schedulers schedulers,
            @Nullable Network network,
            Random random,
            int mediaLoops,
            boolean sharedConnections,
            boolean traceRaw,
            int traceCalls) {}
}
