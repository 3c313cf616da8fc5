// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.RecordingCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import com.techpro.callclient.testkit.soak.statistics.AppUserChecks;
import com.techpro.callclient.testkit.soak.statistics.AppUserChecks.Check;
import com.techpro.callclient.testkit.soak.statistics.DurationHistogram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets some users of the soak first live a day with an app of their own, two at a time. They log in
 * by e-mail, choose a favourite, call and miss each other, and leave and play messages. Then they
 * quit, restart the app over the same vault, and log out. Each step's results are counted, and are
 * a gate.
 */
final class AppUsers {
    /** Must not appear in an encrypted file. */
    private static final String FAVORITE = "Often called by the soak";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CALLS_EACH = 4;
    /** A call that left a message, and one that was not answered and left one. */
    private static final int MESSAGE_CALLS_EACH = 2;

    private final VaultKind kind;
    private final RunEnvironment environment;
    private final SpeechClip speech;
    private final AppMessages messages;
    private final AppUserChecks checks = new AppUserChecks();
    private final Duration patience;
    private int users;

    /** @param unverified receives the messages without the spoken words */
    AppUsers(VaultKind kind, RunEnvironment environment, SpeechClip speech, UnverifiedSpeech unverified) {
        this(kind, environment, speech, unverified, PATIENCE);
    }

    /** @param patience how long a user waits for a message */
    AppUsers(
            VaultKind kind,
            RunEnvironment environment,
            SpeechClip speech,
            UnverifiedSpeech unverified,
            Duration patience) {
        this.kind = kind;
        this.environment = environment;
        this.speech = speech;
        this.patience = patience;
        this.messages = new AppMessages(environment.waiting(), new RecordingCheck(SpeechLimits.CLEAN), unverified);
    }

    /**
     * Returns when all of them have logged out, or failed to.
     *
     * @param logins of an even number of users
     * @param unless checked before each two users; stops if true
     */
    void live(List<AppLogin> logins, BooleanSupplier unless) throws IOException {
        Path folder = Files.createTempDirectory("callclient-soak");
        try {
            for (int i = 0; i + 1 < logins.size() && !unless.getAsBoolean(); i += 2) {
                live(folder, i, logins.get(i), logins.get(i + 1));
            }
        } finally {
            delete(folder);
        }
    }

    private void live(Path folder, int index, AppLogin one, AppLogin other) throws IOException {
        users += 2;
        Path oneHome = Files.createDirectory(folder.resolve("user-" + index));
        Path otherHome = Files.createDirectory(folder.resolve("user-" + (index + 1)));
        try (AppPhone first = phone(one, oneHome, 0);
                AppPhone second = phone(other, otherHome, speech.length() / 2)) {
            boolean firstIn = logIn(index, first);
            boolean secondIn = logIn(index + 1, second);
            if (firstIn && secondIn) {
                liveADay(index, first, second);
            } else {
                checks.notTried(Check.LOGGED_IN, Check.CALLS, Check.MESSAGE_HEARD, Check.MESSAGE_DELETED);
                checks.notTried(Check.LOGGED_IN, Check.UNREADABLE, Check.RESTORED, Check.FAVORITES, Check.HISTORY);
            }
            logOut(index, first);
            logOut(index + 1, second);
        } catch (IllegalStateException | AssertionError e) {
            // The app does not start or end.
            checks.broken("#" + index + " or #" + (index + 1) + ": " + e.getMessage());
        }
    }

    private void liveADay(int index, AppPhone first, AppPhone second) {
        checks.step(Check.FAVORITES, () -> first.addFavorite(second, FAVORITE), index);
        checks.step(Check.FAVORITES, () -> second.addFavorite(first, FAVORITE), index + 1);
        boolean called = checks.step(
                Check.CALLS,
                () -> {
                    first.callTwice(second);
                    second.callTwice(first);
                },
                index,
                index + 1);
        if (!called) {
            checks.notTried(Check.CALLS, Check.MESSAGE_HEARD, Check.MESSAGE_DELETED, Check.HISTORY);
        } else {
            lookAtHistory(index, first);
            lookAtHistory(index + 1, second);
        }
        boolean history = called && exchangeMessages(index, first, second);
        restart(index, first, history);
        restart(index + 1, second, history);
    }

    /** Returns whether the calls for it succeeded. */
    private boolean exchangeMessages(int index, AppPhone first, AppPhone second) {
        List<AppPhone.Message> left = new ArrayList<>();
        if (!checks.step(Check.MESSAGE_HEARD, () -> left.addAll(messages.leave(first, second)), index, index + 1)) {
            checks.notTried(Check.MESSAGE_HEARD, Check.MESSAGE_DELETED, Check.HISTORY);
            return false;
        }
        // A timeout of one user does not stop the check of the other.
        boolean firstTold = checks.step(Check.MESSAGE_HEARD, () -> messages.told(first, left.get(1)), index);
        boolean secondTold = checks.step(Check.MESSAGE_HEARD, () -> messages.told(second, left.get(0)), index + 1);
        listen(index, index + 1, first, second, firstTold);
        listen(index + 1, index, second, first, secondTold);
        return true;
    }

    /** @param says the start in the clip: the two voices are as far apart as possible */
    private AppPhone phone(AppLogin login, Path home, int says) {
        return new AppPhone(login, home, vaults(home), environment.clock(), new SpeechSource(speech, says), patience);
    }

    private Supplier<Vault> vaults(Path home) {
        if (kind == VaultKind.KEYRING) {
            String service = "callclient-soak-" + UUID.randomUUID();
            return () -> Vault.withKeyring(home.resolve("vault"), service);
        }
        String passphrase = UUID.randomUUID().toString();
        return () -> {
            Secret copied = Secret.of(passphrase);
            try {
                return Vault.withPassphrase(home.resolve("vault"), home.resolve("generation"), copied);
            } finally {
                copied.wipe();
            }
        };
    }

    private boolean logIn(int index, AppPhone phone) {
        AtomicBoolean in = new AtomicBoolean();
        checks.step(
                Check.LOGGED_IN,
                () -> {
                    LoginResult result = phone.logIn();
                    boolean remembered = result instanceof LoginResult.LoggedIn user && user.remembered();
                    checks.check(Check.LOGGED_IN, index, remembered, result + phone.storageTrouble());
                    in.set(result instanceof LoginResult.LoggedIn);
                },
                index);
        return in.get();
    }

    private void lookAtHistory(int index, AppPhone phone) {
        checks.step(
                Check.CALLS,
                () -> {
                    Await.until(
                            "the history tells of all calls",
                            () -> phone.history().size() == CALLS_EACH);
                    boolean all = phone.remembers(CallDirection.OUTGOING, CallOutcome.ANSWERED)
                            && phone.remembers(CallDirection.OUTGOING, CallOutcome.CANCELLED)
                            && phone.remembers(CallDirection.INCOMING, CallOutcome.ANSWERED)
                            && phone.remembers(CallDirection.INCOMING, CallOutcome.MISSED);
                    checks.check(Check.CALLS, index, all, "another outcome");
                },
                index);
    }

    /**
     * @param told whether the user was notified of the message; if not, that is the fault already
     */
    private void listen(int index, int speaker, AppPhone ear, AppPhone mouth, boolean told) {
        boolean listed = checks.step(Check.MESSAGE_HEARD, ear::awaitMessage, told ? new int[] {index} : new int[0]);
        if (!listed) {
            checks.notTried(Check.MESSAGE_HEARD, Check.MESSAGE_DELETED);
            return;
        }
        if (told) {
            checks.step(
                    Check.MESSAGE_HEARD,
                    () -> {
                        String wrong = messages.listen(ear, mouth, index, speaker);
                        checks.check(Check.MESSAGE_HEARD, index, wrong.isEmpty(), wrong);
                    },
                    index);
        }
        checks.step(
                Check.MESSAGE_DELETED,
                () -> {
                    String left = ear.deleteMessage();
                    checks.check(Check.MESSAGE_DELETED, index, left.isEmpty(), left);
                },
                index);
    }

    /** @param withHistory whether all calls expected in the history were made */
    private void restart(int index, AppPhone phone, boolean withHistory) {
        List<Favorite> favorites = new ArrayList<>();
        List<AppPhone.PastCall> history = new ArrayList<>();
        boolean complete = withHistory
                && checks.step(
                        Check.HISTORY,
                        () -> {
                            Await.until(
                                    "the history tells of the messages' calls",
                                    () -> phone.history().size() == CALLS_EACH + MESSAGE_CALLS_EACH);
                            history.addAll(phone.history());
                        },
                        index);
        boolean restored = checks.step(
                Check.RESTORED,
                () -> {
                    favorites.addAll(phone.favorites());
                    LoginResult result = phone.restart();
                    if (!(result instanceof LoginResult.LoggedIn)) {
                        throw new IllegalStateException(result + phone.storageTrouble());
                    }
                    checks.check(Check.RESTORED, index, true, "");
                },
                index);
        if (!restored) {
            checks.notTried(Check.RESTORED, Check.UNREADABLE, Check.FAVORITES, Check.HISTORY);
            return;
        }
        boolean written = phone.onDisk().stream().anyMatch(content -> content.length > 0);
        checks.check(Check.UNREADABLE, index, written && !phone.showsOnDisk(FAVORITE, phone.email()), "clear text");
        checks.check(
                Check.FAVORITES,
                index,
                favorites.size() == 1 && phone.favorites().equals(favorites),
                "others");
        if (complete) {
            checks.check(Check.HISTORY, index, phone.history().equals(history), "another one");
        }
    }

    private void logOut(int index, AppPhone phone) {
        boolean out = checks.step(
                Check.UNREGISTERED,
                () -> {
                    LogoutResult result = phone.logOut();
                    checks.check(
                            Check.UNREGISTERED,
                            index,
                            result.unregistered() && !phone.isRegistered(),
                            "still registered");
                    long left = phone.onDisk().stream()
                            .mapToLong(content -> content.length)
                            .sum();
                    checks.check(
                            Check.ERASED, index, result.leftover() == null && left == 0, left + " bytes, " + result);
                },
                index);
        if (!out) {
            checks.notTried(Check.UNREGISTERED, Check.ERASED, Check.FORGOTTEN);
            return;
        }
        checks.step(
                Check.FORGOTTEN,
                () -> {
                    LoginResult after = phone.restart();
                    checks.check(Check.FORGOTTEN, index, after instanceof LoginResult.NothingStored, after.toString());
                },
                index);
    }

    /** Returns one gate per claim; none if nobody has an app. */
    List<Gate> gates(boolean stopped) {
        return users == 0 ? List.of() : checks.gates(users, stopped);
    }

    SoakReport.AppUsers report(double seconds) {
        return new SoakReport.AppUsers(
                users,
                kind.code(),
                seconds,
                users == 0 ? Map.of() : checks.countByClaim(),
                DurationHistogram.spreadOf(messages.toldAfter()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
