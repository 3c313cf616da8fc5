// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Waits for changes of the INBOX on its own read-only connection (EXAMINE) and one worker. After a
 * failure it waits longer each time before it reconnects. Then it reports a possible change,
 * because it may have missed some.
 */
final class MailboxWatch {
    /** Shorter than the 29 minutes of RFC 2177 §3, and than most NATs' time-outs. */
    private static final Duration REISSUE = Duration.ofMinutes(9);

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);
    /**
     * Servers lock out clients that seem to guess passwords, so a refused login is retried seldom.
     */
    private static final Duration REFUSED_RETRY = Duration.ofMinutes(15);
    /** A connection that lasted this long counts as working. */
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final ImapAccount account;
    private final LoginContext context;
    private final Runnable changed;
    private final Random random = new SecureRandom();
    private final Duration reissue;
    private int failures;
    private volatile boolean stopped;
    private volatile @Nullable Runnable abort;
    private volatile @Nullable Timer timer;

    MailboxWatch(ImapAccount account, LoginContext context, Runnable changed) {
        this(account, context, changed, REISSUE);
    }

    MailboxWatch(ImapAccount account, LoginContext context, Runnable changed, Duration reissue) {
        this.account = account;
        this.context = context;
        this.changed = changed;
        this.reissue = reissue;
    }

    void start() {
        runIn(Duration.ZERO);
    }

    /** Stops, from any thread and without waiting. */
    void stop() {
        stopped = true;
        Timer waiting = timer;
        if (waiting != null) {
            waiting.cancel();
        }
        Runnable close = abort;
        if (close != null) {
            close.run();
        }
    }

    private void runIn(Duration delay) {
        Timer next = context.later(delay, this::run);
        timer = next;
        if (stopped) {
            next.cancel();
        }
    }

    private void run() {
        if (stopped) {
            return;
        }
        Instant began = context.now();
        try {
            if (!watched()) {
                return;
            }
            failures = 0;
        } catch (VoicemailException | RuntimeException | Error e) {
            boolean lasted = Duration.between(began, context.now()).compareTo(LASTING) > 0;
            failures = lasted ? 1 : failures + 1;
            if (!stopped) {
                boolean refused = e instanceof VoicemailException told && told.reason() == Reason.REFUSED;
                runIn(refused ? REFUSED_RETRY : retry());
            }
        }
    }

    /** Partly random, so that an organisation's phones do not all reconnect at once. */
    private Duration retry() {
        long whole = Math.min(LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(whole / 2 + random.nextInt((int) (whole / 2) + 1));
    }

    /** @return false if this server reports no changes */
    private boolean watched() throws VoicemailException {
        ImapConnection connection =
                ImapConnection.open(account, context, TimeBudget.in(CONNECT, context::now), this::begun, answer -> {});
        try {
            connection.select(ImapVoicemailBox.INBOX, true);
            if (!connection.can("IDLE")) {
                return false;
            }
            publish();
            while (!stopped) {
                connection.idle(reissue, this::publish);
            }
            return false;
        } finally {
            connection.abort();
        }
    }

    private boolean begun(Runnable close) {
        abort = close;
        return !stopped;
    }

    private void publish() {
        if (!stopped) {
            changed.run();
        }
    }
}
