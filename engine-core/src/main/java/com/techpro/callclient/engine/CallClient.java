// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.internal.client.ClientHandle;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.People;
import com.techpro.callclient.engine.privacy.Privacy;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A SIP client: it keeps accounts registered and handles their calls. All methods may be called from any thread.
 *
 * <p>Many methods of this client and its parts return stages that complete on the callbacks' executor. They share these
 * rules:
 *
 * <ul>
 *   <li>They complete on the executor of {@link CallClientConfig.Builder#callbacks}, after all callbacks that were
 *       called before. They never complete exceptionally: the outcome says what went wrong. When the client closes,
 *       open stages complete as well.
 *   <li>Waiting for one inside a callback throws {@link IllegalStateException}, as the stage completes only after that
 *       callback. This covers {@code get} and {@code join} on its future and on futures derived from it. Use
 *       {@code thenAccept}, or wait on another thread. (On Android before 13 only the stage itself throws; derived ones
 *       wait.)
 *   <li>If the executor was shut down, they complete on a thread of the engine. They complete on the caller's thread if
 *       nothing was left to be done, as on a closed client.
 * </ul>
 */
public interface CallClient extends AutoCloseable {
    /** Starts a client without accounts. */
    static CallClient create(CallClientConfig config) {
        return ClientHandle.create(config);
    }

    /**
     * Adds an account and starts registering it. The account does not use what the host's policy forbids.
     *
     * @throws IllegalArgumentException if the policy's security floor and the account's have nothing in common
     * @throws IllegalStateException if the client is closed, or has an account of this user at this domain; once
     *     {@link Account#remove} returned, the user can be added again
     */
    Account addAccount(SipAccount account);

    /**
     * Logs the user in to the organisation's phone system (promise U2), and adds the account that the phone system
     * gives. With a store, the login is remembered there, encrypted (promise S1).
     *
     * @param login copied; you may wipe its secrets at once
     * @return completes on the callbacks' executor, never exceptionally; while the app is locked, once it is unlocked
     * @throws IllegalStateException if the client is closed
     */
    CompletionStage<LoginResult> login(PhoneSystem system, Login login);

    /**
     * Restores the remembered login by asking the phone system again. Completes as {@link #login} does, but does not
     * wait for unlocking: behind the app lock the account registers and calls ring. A refused login stays remembered,
     * so that you can try again.
     *
     * @param systems the kinds that this app knows; the one that the login was made with is used
     * @throws IllegalStateException if the client is closed
     */
    CompletionStage<LoginResult> restore(PhoneSystem... systems);

    /**
     * The logged-in user, as the phone system names them (promise C2). Null if nobody is logged in, or if there are
     * only accounts that were added.
     */
    @Nullable
    Profile profile();

    /**
     * Logs out (promise S6). Calls of the login's account end; credentials, history, texts and caches are erased from
     * the device at once. The account unregisters, and the phone system is told to revoke what it gave.
     *
     * <p>While the app is locked, the favourites and the host's own accounts go as well. A login that is under way is
     * cancelled. Without a login, the device is erased and a lock with a PIN ends.
     *
     * @return completes on the callbacks' executor, never exceptionally, when the registrar has confirmed or the grace
     *     is over
     */
    CompletionStage<LogoutResult> logout(LogoutOptions options);

    /**
     * Adds a listener, which is called like the one of {@link CallClientConfig.Builder#listener}. It first receives the
     * current state: each account's registration and messages waiting, each call and each conference, the audio routes
     * if known. A call that rings here comes by {@link CallClientListener#incomingCall}, others by
     * {@link CallEvent.StateChanged}. Unless {@link CallClientListener#lockChanged} says that the app is locked, it
     * also receives the favourites, the history, the kept texts, the voicemail, do-not-disturb and call forwarding. A
     * listener that was added before is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(CallClientListener listener);

    /** Removes a listener. It receives no more events, not even those that happened before this call. */
    void removeListener(CallClientListener listener);

    /** The accounts that were added and not removed, in the order of their addition. */
    List<Account> accounts();

    /** The calls that have not ended, in the order of their start. */
    List<Call> calls();

    /** The app lock. */
    AppLock lock();

    /** The people whom the user knows or calls: directory, favourites, call history. */
    People people();

    /** The texts received and sent, if the host keeps them: see {@link CallClientConfig.Builder#keepTextMessages}. */
    TextMessages textMessages();

    /** The user's voicemail. */
    Voicemail voicemail();

    /** What happens to incoming calls: do-not-disturb and call forwarding. */
    IncomingCalls incomingCalls();

    /** The conference rooms; {@link Account#join} joins one. */
    Conferences conferences();

    /**
     * Uses the time that the platform gives a sleeping app: reconnects, registers, and waits for a call until the time
     * is up. A second call meanwhile extends the time and starts nothing new. The app need not be unlocked or show
     * anything for this.
     *
     * @param budget how long the platform lets the app run, at most ten minutes
     * @return completes on the callbacks' executor, never exceptionally: as soon as a call rings, once a
     *     {@link WakeReason#BACKGROUND_REFRESH} has every account registered, or when the time is up
     */
    CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget);

    /** The audio routes of calls. From any thread. */
    AudioRoutes audioRoutes();

    /**
     * Requests an audio route for calls; {@link CallClientListener#audioRoutesChanged} tells the result. Needs a call
     * screen.
     */
    void routeAudio(AudioRoute wanted);

    /** Checks for newer versions of the app. */
    Updates updates();

    /** The user's data on this device: export, erase, trim. */
    Privacy privacy();

    /**
     * Counts what the engine holds. After closing, these are the last counts.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<ClientCounters> counters();

    /**
     * A report for a support ticket: registrations, failures, refused requests, network changes and counters. It has
     * the last 50 entries of each kind and is kept in memory only. It contains nothing personal, so it works while the
     * app is locked.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<DiagnosticsReport> diagnostics();

    /**
     * Hangs up, unregisters, and closes.
     *
     * @param grace how long the phone system may take to confirm
     * @return completes on the callbacks' executor when the client is closed, never exceptionally
     */
    CompletionStage<Void> shutdown(Duration grace);

    /**
     * Closes without BYE or unregistering; the phone system notices by itself. Does not wait. Closing twice does
     * nothing.
     */
    @Override
    void close();
}
