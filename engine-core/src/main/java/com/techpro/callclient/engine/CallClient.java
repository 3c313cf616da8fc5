// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The engine: accounts that stay registered, and their calls. All methods may be called from any thread. */
public final class CallClient implements AutoCloseable {
    private final Engine engine;

    private CallClient(Engine engine) {
        this.engine = engine;
    }

    /** Starts an engine with no account. */
    public static CallClient create(CallClientConfig config) {
        return new CallClient(new Engine(config));
    }

    /**
     * Adds an account and starts registering it.
     *
     * @throws IllegalStateException if the client is closed
     */
    public Account addAccount(SipAccount account) {
        return engine.addAccount(account);
    }

    /** The accounts not removed. */
    public List<Account> accounts() {
        return engine.accounts();
    }

    /** The calls that are not over. */
    public List<Call> calls() {
        return engine.calls();
    }

    /** What the engine holds; completes on the signalling loop, never exceptionally. After closing, what it held last. */
    public CompletionStage<ClientCounters> counters() {
        return engine.counters();
    }

    /**
     * Hangs up, unregisters, and closes.
     *
     * @param grace how long goodbyes may take
     * @return completes on the callbacks' executor when the client is closed, never exceptionally
     */
    public CompletionStage<Void> shutdown(Duration grace) {
        return engine.shutdown(grace);
    }

    /** Closes without a goodbye; the phone system finds out by itself. Does not wait. Closing twice does nothing. */
    @Override
    public void close() {
        engine.close();
    }
}
