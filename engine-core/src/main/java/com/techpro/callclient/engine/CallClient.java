// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.internal.client.Engine;
import com.techpro.callclient.engine.internal.client.Logins;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.update.UpdateAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine: accounts that stay registered, and their calls. All methods may be called from any thread. */
public final class CallClient implements AutoCloseable {
    private final Engine engine;

    private final AppLock lock;

    private CallClient(Engine engine) {
        this.engine = engine;
        this.lock = new AppLock(engine.userData().lock());
    }

    /** Starts an engine with no account. */
    public static CallClient create(CallClientConfig config) {
        return new CallClient(new Engine(config));
    }

    /**
     * Adds an account and starts registering it. What the host's policy forbids, the account does not use.
     *
     * @throws IllegalArgumentException if the policy's security floor and the account's have nothing in common
     * @throws IllegalStateException if the client is closed
     */
    public Account addAccount(SipAccount account) {
        return engine.addAccount(account);
    }

    /**
     * Logs the user in to the organisation's phone system, which decides (promise U2), and adds the account that it gives. With a store the
     * login is remembered in it, encrypted (promise S1).
     *
     * @param login copied; the caller may wipe its secrets at once
     * @return completes on the callbacks' executor, never exceptionally; while the app is locked, once it is unlocked
     * @throws IllegalStateException if a user is logged in, or a login or logout is under way
     */
    public CompletionStage<LoginResult> login(PhoneSystem system, Login login) {
        return engine.logins().login(system, login);
    }

    /**
     * Brings back the login that was remembered: asks the phone system anew. Completes as {@link #login} does; a login that is refused stays
     * remembered, so that it can be tried again.
     *
     * @param systems the kinds that this app knows; the one that the login was made with is used
     * @throws IllegalStateException if a user is logged in, or a login or logout is under way
     */
    public CompletionStage<LoginResult> restore(PhoneSystem... systems) {
        return engine.logins().restore(List.of(systems));
    }

    /** Who is logged in, as the phone system tells it (promise C2); null if nobody is, or only accounts that were added. */
    public @Nullable Profile profile() {
        Logins.Current user = engine.logins().current();
        return user == null ? null : user.session().profile();
    }

    /**
     * Logs out (promise S6): calls of the login's account end, credentials, history and caches are erased from the device at once, the account
     * unregisters, and the phone system is told to revoke what it gave. Also while the app is locked, and while a login is under way, which
     * then comes to nothing.
     *
     * @return completes on the callbacks' executor, never exceptionally, when the registrar has confirmed or the grace is over
     */
    public CompletionStage<LogoutResult> logout(LogoutOptions options) {
        return engine.logins().logout(options);
    }

    /** The accounts not removed. */
    public List<Account> accounts() {
        return engine.accounts();
    }

    /** The calls that are not over. */
    public List<Call> calls() {
        return engine.calls();
    }

    /** The lock on the app. */
    public AppLock lock() {
        return lock;
    }

    /** Who can be called, and who is calling. */
    public Directory directory() {
        return engine.userData().people().directory();
    }

    /** Who called whom. */
    public History history() {
        return engine.userData().people().history();
    }

    /** The messages that callers left. */
    public Voicemail voicemail() {
        return engine.userData().voicemailSide().voicemail();
    }

    /** Whom the user calls often. */
    public Favorites favorites() {
        return engine.userData().people().favorites();
    }

    /** The rooms for conferences; {@link Account#join} enters one. */
    public Conferences conferences() {
        return engine.userData().conferenceSide().conferences();
    }

    /** The user does not see the app any more: from now on its {@link AppLock.Settings#backgroundTimeout} runs. */
    public void appInBackground() {
        engine.userData().lock().appInBackground();
    }

    /** The user sees the app again. */
    public void appInForeground() {
        engine.userData().lock().appInForeground();
    }

    /**
     * Uses the moment for which the platform lets a sleeping app run: reconnects, registers, and waits for a call until the time is up.
     * Calling it again meanwhile makes the time longer and starts nothing anew. An app that shows no sign of a call needs no unlocking for
     * this.
     *
     * @param budget how long the platform lets the app run, at most ten minutes
     * @return completes on the callbacks' executor as soon as it rings, or when the time is up; never exceptionally
     */
    public CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        Objects.requireNonNull(reason, "reason");
        if (budget.isNegative() || budget.isZero() || budget.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("a budget is more than nothing and at most ten minutes");
        }
        return engine.wake(reason, budget);
    }

    /** Where the sound of calls is to go; {@link CallClientListener#audioRouteChanged} tells whether it does. Needs a call screen. */
    public void routeAudio(AudioRoute wanted) {
        engine.hostSide().route(wanted);
    }

    /**
     * Asks the app's publisher for a newer version (promise T2), where the host gave a port for it and the policy permits it.
     *
     * @param version in use; it is not sent
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException if the app is locked
     */
    public CompletionStage<UpdateAnswer> checkForUpdate(String version) {
        return engine.checkForUpdate(version);
    }

    /**
     * Writes down everything that this device holds about the user, except secrets (promise R1).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException while the app is locked
     */
    public CompletionStage<DataExport> exportMyData() {
        return engine.exportMyData();
    }

    /**
     * Hangs up, unregisters and forgets every account, and removes all that is stored about the user (promise R3). Works while the app is
     * locked. The phone system hears of it if it can be reached; waiting for it takes some seconds at most.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    public CompletionStage<ErasureOutcome> erase() {
        return engine.erase();
    }

    /**
     * Gives up local copies of what the phone system owns, because the device runs out of space (promise S8): all but the newest entries of the
     * history, and voicemail recordings that are not being played. Works while the app is locked.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    public CompletionStage<TrimmedStorage> trimStorage() {
        return engine.userData().trimStorage();
    }

    /** What the engine holds; completes on the signalling loop, never exceptionally. After closing, what it held last. */
    public CompletionStage<ClientCounters> counters() {
        return engine.counters();
    }

    /** For tests of what has no public face. */
    public void onLoop(Consumer<Engine> task) {
        engine.onLoop(() -> task.accept(engine));
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
