// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.update.UpdateAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A client in memory, for tests of an app: no sockets, no threads, and no time passes.
 *
 * <pre>{@code
 * FakeCallClient client = new FakeCallClient();
 * FakeAccount account = client.loggedIn("Anna");
 * FakeCall call = account.incomingCall("+4930123456", "Bob");
 * viewModel.answerPressed();
 * assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
 * call.remoteHangsUp();
 * }</pre>
 *
 * <p>The app uses it as any {@link CallClient}. The engine's own rules refuse its commands, and
 * {@link #commands} has them in order. The methods for the test say what the far end or the phone
 * system does.
 *
 * <p>Listeners are called and stages complete before the method that caused it returns, on the calling
 * thread; with an executor, on that. What a listener causes comes after it, as in the engine; waiting
 * for a stage inside a listener throws {@link IllegalStateException}. A listener that throws disturbs
 * nobody; {@link #callbackFailures} has what it threw. All methods may be called from any thread.
 *
 * <p>It differs from the engine in this: there is no {@link CallClientConfig}, so no policy restricts
 * it, any header may be sent, and texts are kept. Secrets are not read.
 */
public final class FakeCallClient implements CallClient {
    private static final Duration LONGEST_WAKE = Duration.ofMinutes(10);

    private final FakeContext context;
    private final FakeParts parts;
    private final FakeClientState state;
    private final FakeVoicemail voicemail;
    private final FakeAppLock lock;
    private final FakeLogins logins;
    private final FakePrivacy privacy;
    private final FakeCurrentState current;

    /** Creates a client without accounts, whose callbacks run on the calling thread. */
    public FakeCallClient() {
        this(Runnable::run);
    }

    /**
     * Creates a client without accounts.
     *
     * @param callbacks runs listeners and completes stages. If it rejects tasks, stages complete on the
     *     calling thread, and listeners are not called
     */
    public FakeCallClient(Executor callbacks) {
        this.context = new FakeContext(Objects.requireNonNull(callbacks, "callbacks"));
        this.parts = FakeParts.create(context);
        this.state = new FakeClientState(parts);
        this.voicemail = new FakeVoicemail(context, parts.people().directory(), state);
        this.lock = new FakeAppLock(context, () -> profile() != null, () -> logins().unlocked());
        this.logins = new FakeLogins(parts, state, voicemail, lock);
        this.privacy = new FakePrivacy(context, state, logins);
        this.current = new FakeCurrentState(parts, state, voicemail);
    }

    // For the test.

    /**
     * Logs in a user with this display name and the extension 1001, as if the app had; the account is
     * registered.
     *
     * @throws IllegalStateException if a user is logged in, or the client is closed
     */
    public FakeAccount loggedIn(String displayName) {
        Objects.requireNonNull(displayName, "displayName");
        context.requireOpen();
        return context.get(() -> logins.enter(new Profile("1001", displayName, null, null, null, null, Map.of())));
    }

    /** How the phone system answers logins. */
    public FakeLogins logins() {
        return logins;
    }

    /**
     * Returns the call that was dialled, or began to ring here, last.
     *
     * @throws IllegalStateException if there was none
     */
    public FakeCall lastCall() {
        return context.get(parts.calls()::lastCall);
    }

    /** Returns all calls in order, with those that have ended. */
    public List<FakeCall> everyCall() {
        return context.get(parts.calls()::everyCall);
    }

    /** Returns what the app did, in order. */
    public List<AppCommand> commands() {
        return context.commands();
    }

    /** Returns what listeners have thrown, in order; empty if none has. */
    public List<Throwable> callbackFailures() {
        return context.failures();
    }

    /** Sets the time that snapshots and the history show from now on; 2026-01-01 09:00 UTC unless set. */
    public void setTime(Instant time) {
        context.setTime(Objects.requireNonNull(time, "time"));
    }

    /** Says whether the user denies the microphone from now on. */
    public void microphoneIsDenied(boolean denied) {
        context.setMicrophoneDenied(denied);
    }

    /** Says whether a locked app may answer calls; it may unless set. */
    public void answerWhileLocked(boolean permitted) {
        context.setAnswerWhileLocked(permitted);
    }

    /**
     * Says whether the registrar leaves accounts that are added from now on without an answer, so that
     * they are registering until {@link FakeAccount#registered}.
     */
    public void registrarIsSilent(boolean silent) {
        context.run(() -> state.setRegistrarSilent(silent));
    }

    /**
     * Sets why the registrar refuses accounts that are added from now on; null, the default, if it
     * accepts them.
     */
    public void registrarRefuses(@Nullable Failure failure) {
        context.run(() -> state.setRegistrarRefusal(failure));
    }

    /** The time of all {@link #wake} calls is up. */
    public void wakeTimeIsUp() {
        context.run(state::wakeTimeIsUp);
    }

    /** Sets what {@link #checkForUpdate} finds; {@link UpdateAnswer.UpToDate} unless set. */
    public void updateIs(UpdateAnswer answer) {
        Objects.requireNonNull(answer, "answer");
        context.run(() -> state.setUpdate(answer));
    }

    // For the app.

    @Override
    public FakeAccount addAccount(SipAccount account) {
        Objects.requireNonNull(account, "account");
        context.requireOpen();
        return context.get(() -> {
            state.requireNew(account);
            context.record("client", "addAccount", account.user());
            return state.add(account);
        });
    }

    @Override
    public CompletionStage<LoginResult> login(PhoneSystem system, Login login) {
        Objects.requireNonNull(system, "system");
        String user = login.user();
        context.requireOpen();
        return context.get(() -> {
            context.record("client", "login", user);
            return logins.login(user);
        });
    }

    @Override
    public CompletionStage<LoginResult> restore(PhoneSystem... systems) {
        Objects.requireNonNull(systems, "systems");
        context.requireOpen();
        return context.get(() -> {
            context.record("client", "restore");
            return logins.restore();
        });
    }

    @Override
    public @Nullable Profile profile() {
        return logins.profile();
    }

    @Override
    public CompletionStage<LogoutResult> logout(LogoutOptions options) {
        Objects.requireNonNull(options, "options");
        context.requireOpen();
        return context.get(() -> {
            context.record("client", "logout");
            logins.leave(options);
            return context.answered(new LogoutResult(true, null));
        });
    }

    @Override
    public void addListener(CallClientListener listener) {
        Objects.requireNonNull(listener, "listener");
        context.requireOpen();
        context.run(() -> context.listeners().add(listener, current.events()));
    }

    @Override
    public void removeListener(CallClientListener listener) {
        context.listeners().remove(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public List<Account> accounts() {
        return context.get(() -> List.copyOf(state.accounts()));
    }

    @Override
    public List<Call> calls() {
        return context.get(() -> parts.calls().openCalls(null));
    }

    @Override
    public FakeAppLock lock() {
        return lock;
    }

    @Override
    public FakePeople people() {
        return parts.people();
    }

    @Override
    public FakeTextMessages textMessages() {
        return parts.textMessages();
    }

    @Override
    public FakeVoicemail voicemail() {
        return voicemail;
    }

    @Override
    public FakeIncomingCalls incomingCalls() {
        return parts.incomingCalls();
    }

    @Override
    public FakeConferences conferences() {
        return parts.conferences();
    }

    /**
     * Completes as soon as a call rings, or the test calls {@link #wakeTimeIsUp}.
     *
     * @throws IllegalArgumentException if the budget is not positive, or longer than ten minutes
     */
    @Override
    public CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        Objects.requireNonNull(reason, "reason");
        if (budget.isNegative() || budget.isZero() || budget.compareTo(LONGEST_WAKE) > 0) {
            throw new IllegalArgumentException("a budget is more than nothing and at most ten minutes");
        }
        return context.get(() -> {
            context.record("client", "wake", reason);
            return state.wake();
        });
    }

    @Override
    public AudioRoutes audioRoutes() {
        return state.routes();
    }

    /** The route changes at once, and {@link CallClientListener#audioRoutesChanged} is called. */
    @Override
    public void routeAudio(AudioRoute wanted) {
        Objects.requireNonNull(wanted, "wanted");
        context.requireOpen();
        context.run(() -> {
            context.record("client", "routeAudio", wanted);
            state.routeAudio(wanted);
        });
    }

    @Override
    public CompletionStage<UpdateAnswer> checkForUpdate(String version) {
        Objects.requireNonNull(version, "version");
        context.requireUsable();
        return context.get(() -> {
            context.record("client", "checkForUpdate", version);
            return context.answered(state.update());
        });
    }

    @Override
    public FakePrivacy privacy() {
        return privacy;
    }

    @Override
    public CompletionStage<ClientCounters> counters() {
        return context.get(() -> context.answered(parts.reports()
                .counters(state.accounts().size(), parts.calls().open(null).size())));
    }

    @Override
    public CompletionStage<DiagnosticsReport> diagnostics() {
        return context.get(() -> context.answered(parts.reports()
                .report("FakeCallClient", state.accounts(), parts.calls().everyCall())));
    }

    @Override
    public CompletionStage<Void> shutdown(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        return context.get(() -> {
            if (context.close()) {
                context.record("client", "shutdown");
                state.removeAccounts();
                finish();
            }
            return context.afterAll();
        });
    }

    /**
     * Closes without BYE or unregistering: calls end with
     * {@link com.techpro.callclient.engine.call.CallEnding.LocalHangUp}, and open stages complete.
     * Closing twice does nothing.
     */
    @Override
    public void close() {
        context.run(() -> {
            if (context.close()) {
                context.record("client", "close");
                state.disposeAccounts();
                finish();
            }
        });
    }

    private void finish() {
        state.closeWakes();
        voicemail.closePlayback();
        context.closeAnswers();
    }

    @Override
    public String toString() {
        return "FakeCallClient[" + state.accounts().size() + " accounts]";
    }
}
