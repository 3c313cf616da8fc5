// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.stack.media.dtls.DtlsIdentity.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes identities, each with a key of its own, and keeps one key ready for whichever is used next.
 * A key for each at once would be most of the work of registering many accounts, few of which have a
 * call soon. May be used from any thread.
 */
public final class DtlsIdentities {
    private final Executor workers;
    private final SecureRandom random;
    /** Guarded by this, as is generating: who needs a key that is being generated waits for it. */
    private @Nullable KeyPair ready;

    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicBoolean preparing = new AtomicBoolean();

    public DtlsIdentities(Executor workers, Random random) {
        this.workers = workers;
        this.random = SecureSource.of(random);
    }

    /** Makes an identity. It takes its key at its first use. */
    public DtlsIdentity make(Instant now) {
        return new DtlsIdentity(() -> take(now));
    }

    /** Tells that one more identity will probably be used: if no key is ready, a worker generates one. */
    public void expectUse(Instant now) {
        expected.incrementAndGet();
        prepare(now);
    }

    private void prepare(Instant now) {
        if (preparing.compareAndSet(false, true)) {
            workers.execute(() -> {
                synchronized (this) {
                    preparing.set(false);
                    if (ready == null) {
                        ready = DtlsIdentity.generate(random, now);
                    }
                }
            });
        }
    }

    private KeyPair take(Instant now) {
        KeyPair taken;
        synchronized (this) {
            taken = ready == null ? DtlsIdentity.generate(random, now) : ready;
            ready = null;
        }
        if (expected.decrementAndGet() > 0) {
            prepare(now);
        }
        return taken;
    }
}
