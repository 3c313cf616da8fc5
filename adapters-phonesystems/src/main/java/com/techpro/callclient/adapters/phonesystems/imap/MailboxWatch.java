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
 * Waits for news of the INBOX on a connection of its own, which only looks (EXAMINE), and on one worker. After a failure it waits longer each
 * time before it connects anew, and then says that there may be news, as nobody knows what was missed.
 */
final class MailboxWatch {
    /** Less than the 29 minutes of RFC 2177 §3, and than what most address translators remember. */
    private static final Duration REISSUE = Duration.ofMinutes(9);

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofMinutes(5);
    /** Who guesses passwords is locked out; a server that refuses one is not asked often. */
    private static final Duration REFUSED_RETRY = Duration.ofMinutes(15);
    /** After so long a connection counts as one that works. */
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

    /** From any thread; does not wait. */
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

    /** Some of it by chance, so that not all phones of an organisation come back at once. */
    private Duration retry() {
        long whole = Math.min(LAST_RETRY.toMillis(), FIRST_RETRY.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(whole / 2 + random.nextInt((int) (whole / 2) + 1));
    }

    /** @return false if this server has no news to give */
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
