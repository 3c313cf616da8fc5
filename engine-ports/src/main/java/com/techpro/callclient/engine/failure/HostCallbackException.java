// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.failure;

/**
 * A listener or callback of the host app threw. {@link
 * com.techpro.callclient.engine.CallClientConfig.Builder#failures} receives it, and tells the
 * host's own defects from the engine's by this type; the {@linkplain #getCause cause} is what was thrown. The engine
 * continues.
 */
public final class HostCallbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostCallbackException(Throwable thrown) {
        super("a listener or callback of the host app threw", thrown);
    }
}
