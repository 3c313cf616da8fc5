// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.internal.client.ClientHandle;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.presence.DoNotDisturb;
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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The engine: accounts that stay registered, and their calls. All methods may be called from any thread.
 *
 * <p>Stages that this client and what it holds give out, each of which says that it completes on the callbacks' executor, have these rules in
 * common:
 *
 * <ul>
 *   <li>They complete on the executor of {@link CallClientConfig.Builder#callbacks}, after the callbacks that were told before, and never
 *       exceptionally: what went wrong is in the outcome. When the client closes, those that are still open complete as well.
 *   <li>Waiting for one inside a callback, by {@code get} or {@code join} on its future or on one derived from it, throws
 *       {@link IllegalStateException}, as it would never end: the stage completes after that callback. Go on in {@code thenAccept}, or wait on
 *       another thread. (On Android before 13 only the stage itself refuses; derived ones wait.)
 *   <li>If the executor was shut down, they complete on a thread of the engine's, or on the caller's if nothing was left to be done, as on a
 *       closed client.
 * </ul>
 *
 * <p>{@link #counters} and {@link #diagnostics} alone complete on the signalling loop: what follows there must not block.
 */
public interface CallClient extends AutoCloseable {
    /** Starts an engine with no account. */
    static CallClient create(CallClientConfig config) {
        return ClientHandle.create(config);
    }

    /**
     * Adds an account and starts registering it. What the host's policy forbids, the account does not use.
     *
     * @throws IllegalArgumentException if the policy's security floor and the account's have nothing in common
     * @throws IllegalStateException if the client is closed
     */
    Account addAccount(SipAccount account);

    /**
     * Logs the user in to the organisation's phone system, which decides (promise U2), and adds the account that it gives. With a store the
     * login is remembered in it, encrypted (promise S1).
     *
     * @param login copied; the caller may wipe its secrets at once
     * @return completes on the callbacks' executor, never exceptionally; while the app is locked, once it is unlocked
     * @throws IllegalStateException if a user is logged in, or a login or logout is under way
     */
    CompletionStage<LoginResult> login(PhoneSystem system, Login login);

    /**
     * Brings back the login that was remembered: asks the phone system anew. Completes as {@link #login}
     * does. While the app is locked it waits, and begins once the app is unlocked: ask for the PIN or the
     * password without waiting for this. A login that is refused stays remembered, so that it can be
     * tried again.
     *
     * @param systems the kinds that this app knows; the one that the login was made with is used
     * @throws IllegalStateException if a user is logged in, or a login or logout is under way
     */
    CompletionStage<LoginResult> restore(PhoneSystem... systems);

    /** Who is logged in, as the phone system tells it (promise C2); null if nobody is, or only accounts that were added. */
    @Nullable
    Profile profile();

    /**
     * Logs out (promise S6): calls of the login's account end, credentials, history, texts and caches are erased from the device at once, the account
     * unregisters, and the phone system is told to revoke what it gave. Also while the app is locked, where the favourites and the host's own
     * accounts go in any case, and while a login is under way, which then comes to nothing. Without a login it erases the device and ends a
     * lock with a PIN.
     *
     * @return completes on the callbacks' executor, never exceptionally, when the registrar has confirmed or the grace is over
     */
    CompletionStage<LogoutResult> logout(LogoutOptions options);

    /**
     * From now on tells a listener what happens, as it does the one of {@link CallClientConfig.Builder#listener}. What it hears first is how
     * things stand: each account's registration and messages waiting; each call, by {@link CallClientListener#incomingCall} if it rings here
     * and else by {@link CallEvent.StateChanged}; each conference; and, unless {@link CallClientListener#lockChanged} says that the app is
     * locked, the favourites, the history, the texts that are kept, the voicemail and do-not-disturb. One that is there already is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(CallClientListener listener);

    /** The listener hears nothing any more, not even what has happened before this. */
    void removeListener(CallClientListener listener);

    /** The accounts not removed. */
    List<Account> accounts();

    /** The calls that are not over. */
    List<Call> calls();

    /** The lock on the app. */
    AppLock lock();

    /** Who can be called, and who is calling. */
    Directory directory();

    /** Who called whom. */
    History history();

    /** The texts that came and were sent, if the host wants them kept: see {@link CallClientConfig.Builder#keepTextMessages}. */
    TextMessages textMessages();

    /** The messages that callers left. */
    Voicemail voicemail();

    /** Whom the user calls often. */
    Favorites favorites();

    /** Whether calls ring here. */
    DoNotDisturb doNotDisturb();

    /** Where calls go instead of ringing here. */
    CallForwarding callForwarding();

    /** The rooms for conferences; {@link Account#join} enters one. */
    Conferences conferences();

    /**
     * The user does not see the app any more: from this call on its {@link AppLock.Settings#backgroundTimeout} runs. Where that is zero, the
     * app is locked when this returns.
     */
    void appInBackground();

    /** The user sees the app again. */
    void appInForeground();

    /**
     * Uses the moment for which the platform lets a sleeping app run: reconnects, registers, and waits for a call until the time is up.
     * Calling it again meanwhile makes the time longer and starts nothing anew. An app that shows no sign of a call needs no unlocking for
     * this.
     *
     * @param budget how long the platform lets the app run, at most ten minutes
     * @return completes on the callbacks' executor as soon as it rings, or when the time is up; never exceptionally
     */
    CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget);

    /** Where the sound of calls is to go; {@link CallClientListener#audioRouteChanged} tells whether it does. Needs a call screen. */
    void routeAudio(AudioRoute wanted);

    /**
     * Asks the app's publisher for a newer version (promise T2), where the host gave a port for it and the policy permits it.
     *
     * @param version in use; it is not sent
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException if the app is locked
     */
    CompletionStage<UpdateAnswer> checkForUpdate(String version);

    /**
     * Writes down everything that this device holds about the user, except secrets (promise R1).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException while the app is locked
     */
    CompletionStage<DataExport> exportMyData();

    /**
     * Hangs up, unregisters and forgets every account, and removes all that is stored about the user (promise R3). Works while the app is
     * locked. The phone system hears of it if it can be reached; waiting for it takes some seconds at most.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<ErasureOutcome> erase();

    /**
     * Gives up local copies of what the phone system owns, because the device runs out of space (promise S8): all but the newest entries of the
     * history, and voicemail recordings that are not being played. Works while the app is locked.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<TrimmedStorage> trimStorage();

    /** What the engine holds; completes on the signalling loop, never exceptionally, or at once after closing, with what it held last. */
    CompletionStage<ClientCounters> counters();

    /**
     * What a support ticket needs: registrations, failures, refused requests, changes of the network and counters, of this client's life
     * and in memory alone. There is nothing personal in it; therefore also while the app is locked, when it may be needed most.
     *
     * @return completes as {@link #counters} does
     */
    CompletionStage<DiagnosticsReport> diagnostics();

    /**
     * Hangs up, unregisters, and closes.
     *
     * @param grace how long goodbyes may take
     * @return completes on the callbacks' executor when the client is closed, never exceptionally
     */
    CompletionStage<Void> shutdown(Duration grace);

    /** Closes without a goodbye; the phone system finds out by itself. Does not wait. Closing twice does nothing. */
    @Override
    void close();
}
