// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.HostStage;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.sip.SipStack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ends a client, with or without unregistering. Usable from any thread, except where stated. */
final class Shutdown {
    /** How long devices may take to close, and the store to finish, before they are left behind. */
    private static final Duration AUDIO_GRACE = Duration.ofSeconds(5);

    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final PlatformPorts host;
    private final ToneService tones;
    private final UserSession userSession;
    private final AudioStreams audioStreams;
    private final MediaEngine media;
    private final SipStack sip;
    private final CounterReports counters;
    private final Runnable last;
    private final Runnable afterLastWord;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean tearingDown;
    private boolean finished;

    /**
     * @param last closes the parts that all others use
     * @param afterLastWord closes the callbacks' loop; runs on it
     */
    Shutdown(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            PlatformPorts host,
            ToneService tones,
            UserSession userSession,
            AudioStreams audioStreams,
            MediaEngine media,
            SipStack sip,
            CounterReports counters,
            Runnable last,
            Runnable afterLastWord) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.host = host;
        this.tones = tones;
        this.userSession = userSession;
        this.audioStreams = audioStreams;
        this.media = media;
        this.sip = sip;
        this.counters = counters;
        this.last = last;
        this.afterLastWord = afterLastWord;
    }

    /** @param grace how long unregistering may take */
    CompletionStage<Void> shutdown(Duration grace) {
        if (gate.close()) {
            client.loop().execute(() -> {
                Timer impatience = client.loop().schedule(grace, this::tearDown);
                List.copyOf(registry.accountSessions()).forEach(AccountSession::unregister);
                registry.whenNoAccounts(() -> {
                    impatience.cancel();
                    tearDown();
                });
            });
        }
        HostStage<Void> told = new HostStage<>(client.callbacks());
        var unused = closed.thenRun(() -> told.complete(null));
        return told;
    }

    void close() {
        gate.close();
        client.loop().execute(this::tearDown);
    }

    /**
     * Closes everything. Devices are closed first, then the sessions that they feed. On the loop.
     */
    private void tearDown() {
        if (tearingDown) {
            return;
        }
        tearingDown = true;
        host.close();
        tones.close();
        userSession.lock().close();
        List.copyOf(registry.accountSessions()).forEach(AccountSession::dispose);
        Timer impatience = client.loop().schedule(AUDIO_GRACE, this::finish);
        userSession.close(
                AUDIO_GRACE,
                () -> audioStreams.whenNone(() -> {
                    impatience.cancel();
                    finish();
                }));
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        media.close();
        sip.close();
        counters.finish();
        last.run();
        client.answers().close();
        client.callbacks().execute((SerialExecutor.Owed) () -> {
            closed.complete(null);
            afterLastWord.run();
        });
    }
}
