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
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.RecordingCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Some users of the soak first live a whole day with an app of their own, two at a time: log in by e-mail, choose a favourite, call and
 * miss each other, leave each other a message and hear it, quit, start the app again over the same vault, log out. What comes of each step
 * is counted, and is a gate.
 */
final class AppUsers {
    /** Has no place in a file that is encrypted. */
    private static final String FAVORITE = "Whom the soak calls often";

    private static final int CALLS_EACH = 4;
    /** A call that left a message, and one that was not taken and left one. */
    private static final int MESSAGE_CALLS_EACH = 2;

    private final VaultKind kind;
    private final RunEnvironment stage;
    private final SpeechClip speech;
    private final AppMessages messages;
    private final Map<Check, Integer> passed = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> problems = new EnumMap<>(Check.class);
    /** What kept two users from going on. */
    private final List<String> broken = new ArrayList<>();

    private int users;

    AppUsers(VaultKind kind, RunEnvironment stage, SpeechClip speech) {
        this.kind = kind;
        this.stage = stage;
        this.speech = speech;
        this.messages = new AppMessages(stage.waiting(), new RecordingCheck(SpeechLimits.CLEAN));
    }

    /** What must be so for every one of them. */
    private enum Check {
        LOGGED_IN("logged in by e-mail and password, and remembered in the vault"),
        CALLS("made, took and missed a call, and the history tells of them"),
        MESSAGE_HEARD("were told of the message left for them, and heard in it what was said"),
        MESSAGE_DELETED("deleted that message, here and at the phone system"),
        UNREADABLE("have nothing that can be read in their vault"),
        RESTORED("logged in by their vault after a restart"),
        FAVORITES("with their favourites after a restart"),
        HISTORY("with their history after a restart"),
        UNREGISTERED("gone from the registrar after log-out"),
        ERASED("with nothing left in vault and folder after log-out"),
        FORGOTTEN("unknown to an app started after log-out");

        private final String claim;

        Check(String claim) {
            this.claim = claim;
        }

        /** A stable word. */
        private String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Returns when all of them have logged out, or failed to.
     *
     * @param logins of an even number of users
     * @param unless looked at before each two of them
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
                first.addFavorite(second, FAVORITE);
                second.addFavorite(first, FAVORITE);
                first.callTwice(second);
                second.callTwice(first);
                lookAtHistory(index, first);
                lookAtHistory(index + 1, second);
                messages.leave(first, second);
                listen(index, first, second);
                listen(index + 1, second, first);
                restart(index, first);
                restart(index + 1, second);
            }
            logOut(index, first);
            logOut(index + 1, second);
        } catch (IllegalStateException | AssertionError e) {
            // Something was waited for in vain; the message names it, and nobody.
            broken.add("#" + index + " or #" + (index + 1) + ": " + e.getMessage());
        }
    }

    /** @param says where in the clip: the two voices are as far apart in it as can be */
    private AppPhone phone(AppLogin login, Path home, int says) {
        return new AppPhone(login, home, vaults(home), stage.clock(), new SpeechSource(speech, says));
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
        LoginResult result = phone.logIn();
        boolean remembered = result instanceof LoginResult.LoggedIn user && user.remembered();
        check(Check.LOGGED_IN, index, remembered, result + phone.storageTrouble());
        return result instanceof LoginResult.LoggedIn;
    }

    private void lookAtHistory(int index, AppPhone phone) {
        Await.until("the history tells of all calls", () -> phone.history().size() == CALLS_EACH);
        boolean all = phone.remembers(CallDirection.OUTGOING, CallOutcome.ANSWERED)
                && phone.remembers(CallDirection.OUTGOING, CallOutcome.CANCELLED)
                && phone.remembers(CallDirection.INCOMING, CallOutcome.ANSWERED)
                && phone.remembers(CallDirection.INCOMING, CallOutcome.MISSED);
        check(Check.CALLS, index, all, "another outcome");
    }

    private void listen(int index, AppPhone ear, AppPhone mouth) {
        String wrong = messages.listen(ear, mouth);
        check(Check.MESSAGE_HEARD, index, wrong.isEmpty(), wrong);
        String left = ear.deleteMessage();
        check(Check.MESSAGE_DELETED, index, left.isEmpty(), left);
        Await.until(
                "the history tells of the messages' calls",
                () -> ear.history().size() == CALLS_EACH + MESSAGE_CALLS_EACH);
    }

    private void restart(int index, AppPhone phone) {
        List<Favorite> favorites = phone.favorites();
        List<AppPhone.PastCall> history = phone.history();
        LoginResult result = phone.restart();
        check(Check.RESTORED, index, result instanceof LoginResult.LoggedIn, result + phone.storageTrouble());
        check(Check.FAVORITES, index, favorites.size() == 1 && phone.favorites().equals(favorites), "others");
        check(
                Check.HISTORY,
                index,
                history.size() == CALLS_EACH + MESSAGE_CALLS_EACH
                        && phone.history().equals(history),
                "another one");
        boolean written = phone.onDisk().stream().anyMatch(content -> content.length > 0);
        check(Check.UNREADABLE, index, written && !phone.showsOnDisk(FAVORITE, phone.email()), "clear text");
    }

    private void logOut(int index, AppPhone phone) {
        LogoutResult result = phone.logOut();
        check(Check.UNREGISTERED, index, result.unregistered() && !phone.isRegistered(), "still registered");
        long left = phone.onDisk().stream().mapToLong(content -> content.length).sum();
        check(Check.ERASED, index, result.leftover() == null && left == 0, left + " bytes, " + result);
        LoginResult after = phone.restart();
        check(Check.FORGOTTEN, index, after instanceof LoginResult.NothingStored, after.toString());
    }

    private void check(Check check, int index, boolean holds, String otherwise) {
        if (holds) {
            passed.merge(check, 1, Integer::sum);
        } else {
            problems.computeIfAbsent(check, first -> new ArrayList<>()).add("#" + index + ": " + otherwise);
        }
    }

    /** One for each claim; none if nobody has an app. */
    List<Gate> gates(boolean stopped) {
        List<Gate> gates = new ArrayList<>();
        if (users == 0) {
            return gates;
        }
        for (Check check : Check.values()) {
            int count = passed.getOrDefault(check, 0);
            gates.add(Gate.of(
                            "app-users-" + check.code(),
                            "app users " + check.claim,
                            count + " of " + users,
                            "all " + users,
                            count == users,
                            count == users ? "" : said(check))
                    .measuredAs(Figure.share(count, users))
                    .unlessEnded(stopped && count < users && !problems.containsKey(check)));
        }
        return gates;
    }

    private String said(Check check) {
        List<String> said = new ArrayList<>(problems.getOrDefault(check, List.of()));
        said.addAll(broken);
        return said.isEmpty() ? "not come to" : String.join("; ", said);
    }

    SoakReport.AppUsers report(double seconds) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (users > 0) {
            for (Check check : Check.values()) {
                counts.put(check.claim, passed.getOrDefault(check, 0));
            }
        }
        return new SoakReport.AppUsers(
                users, kind.code(), seconds, counts, RunStatistics.spreadOf(messages.toldAfter()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
