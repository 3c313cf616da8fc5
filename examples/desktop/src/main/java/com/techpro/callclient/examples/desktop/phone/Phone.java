// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.prefs.Preferences;
import org.jspecify.annotations.Nullable;

/**
 * The client, for all screens. The engine reports everything on one executor, and each screen then
 * rereads the engine's snapshots: an event tells when, a snapshot tells what. Kept here is only what
 * the engine does not know: the call on the screen, the chosen devices and the notice to the user.
 * All methods are called on that executor.
 */
public final class Phone implements CallClientListener {
    public static final String RING_DEVICE = "ring-device";
    public static final String RING_OFF = "ring-off";

    private final PhoneSystem system;
    private final AudioPort audio;
    private final Clock clock;
    private final Preferences settings;
    private final CallClient client;
    private final PinLock lock;
    private final List<Runnable> screens = new ArrayList<>();
    /** Calls whose microphone or loudspeaker does not work. */
    private final Set<Call> silent = new HashSet<>();

    private CallOptions options = CallOptions.DEFAULT;
    private @Nullable Call chosen;
    private @Nullable Notice notice;
    private boolean loggingIn;
    /** The account that watches the favourites. */
    private String watching = "";

    /**
     * @param system how this app's users log in
     * @param callbacks runs the engine's callbacks and draws screens, such as
     *     {@code SwingUtilities::invokeLater}
     * @param settings of the ring, which the engine plays; they apply from the next start
     */
    public Phone(
            PhoneSystem system,
            AudioPort audio,
            SecureStorePort store,
            Executor callbacks,
            Clock clock,
            Preferences settings) {
        this.system = system;
        this.audio = audio;
        this.clock = clock;
        this.settings = settings;
        client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(audio).store(store))
                .tones(CallTones.DEFAULT
                        .withRinging(!settings.getBoolean(RING_OFF, false))
                        .withRingDevice(settings.get(RING_DEVICE, null)))
                .callbacks(callbacks)
                .userAgent("DesktopPhone/1.0")
                .build());
        lock = new PinLock(client.lock(), clock, this::tell, this::changed);
        client.addListener(this);
    }

    public CallClient client() {
        return client;
    }

    public PinLock lock() {
        return lock;
    }

    public AudioPort audio() {
        return audio;
    }

    /**
     * Whether private data is locked. It also is until the engine has read at the start whether
     * there is a lock.
     */
    public boolean locked() {
        return client.lock().isLocked();
    }

    /** Returns private data, or nothing while it is locked. */
    public <T> List<T> unlocked(Supplier<List<T>> data) {
        return locked() ? List.of() : data.get();
    }

    /** Whether the user does not want to be disturbed; unknown while it is locked. */
    public boolean doNotDisturb() {
        return !locked() && client.incomingCalls().doNotDisturb().snapshot().on();
    }

    public Clock clock() {
        return clock;
    }

    /** {@link #RING_DEVICE}, an ID from the audio port, and {@link #RING_OFF}. */
    public Preferences settings() {
        return settings;
    }

    // --- Screens

    /** @param refresh runs now, and whenever something may have changed */
    public void whenChanged(Runnable refresh) {
        screens.add(refresh);
        refresh.run();
    }

    /** Refreshes all screens. Call it twice a second as well, for the timers. */
    public void changed() {
        List.copyOf(screens).forEach(Runnable::run);
    }

    public Optional<Notice> notice() {
        return Optional.ofNullable(notice);
    }

    /** @param what null to remove the notice */
    public void tell(@Nullable Notice what) {
        notice = what;
        changed();
    }

    public void tellProblem(String title, String advice) {
        tell(Notice.problem(title, advice));
    }

    /** Waits for the outcome of a command, and reports a refusal. */
    public void tellRefusal(CompletionStage<CommandOutcome> command) {
        var unused = command.thenAccept(outcome -> {
            if (outcome instanceof CommandOutcome.Refused refused) {
                tell(Words.refusal(refused.reason()));
            }
        });
    }

    // --- The account

    public void login(Login login) {
        awaitLogin(client.login(system, login));
    }

    public void restore() {
        awaitLogin(client.restore(system));
    }

    private void awaitLogin(CompletionStage<LoginResult> login) {
        loggingIn = true;
        tell(null);
        var unused = login.thenAccept(result -> {
            loggingIn = result instanceof LoginResult.InProgress;
            if (result instanceof LoginResult.LoggedOut) {
                changed(); // the log-out reports itself
            } else {
                tell(Words.login(result));
            }
        });
    }

    public boolean loggingIn() {
        return loggingIn;
    }

    /** Ends all calls, and deletes the user's data from this computer. */
    public void logout() {
        watching = "";
        var unused = client.logout(LogoutOptions.EVERYTHING)
                .thenAccept(done ->
                        tell(Notice.information("You are logged out, and your data was erased from this computer.")));
    }

    public Optional<Account> account() {
        return client.accounts().stream().findFirst();
    }

    // --- Calls

    /** Returns the incoming ringing calls. */
    public List<Call> ringing() {
        return client.calls().stream()
                .filter(call -> call.snapshot().state() == CallState.INCOMING)
                .toList();
    }

    /** Returns all other calls, oldest first. */
    public List<Call> calls() {
        return client.calls().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .toList();
    }

    /** Returns the call on the screen: the chosen one, or else one that is not on hold. */
    public Optional<Call> shown() {
        List<Call> calls = calls();
        return calls.stream()
                .filter(call -> call.equals(chosen))
                .findFirst()
                .or(() -> calls.stream()
                        .filter(call -> !call.snapshot().hold().isLocal())
                        .findFirst())
                .or(() -> calls.stream().findFirst());
    }

    /** Gives a command to the call on the screen. {@link #callChanged} reports a refusal. */
    public void command(Function<Call, CompletionStage<CommandOutcome>> command) {
        shown().ifPresent(call -> {
            var unused = command.apply(call);
        });
        changed();
    }

    /** Shows a call and resumes it: the engine holds the previous one. */
    public void bringToFront(Call call) {
        chosen = call;
        if (call.snapshot().hold().isLocal()) {
            var unused = call.resume();
        }
        changed();
    }

    /** Calls a number and shows the call, or reports why that is not possible. */
    public void dial(String number) {
        begin(
                () -> account().map(account -> account.dial(number, options)).orElse(null),
                "This number cannot be called.");
    }

    /** Begins a call and shows it; {@code call} returns null if there is nothing to call. */
    public void begin(Supplier<@Nullable Call> call, String problem) {
        try {
            Call begun = call.get();
            if (begun == null) {
                tellProblem(problem, "");
            } else {
                tell(null);
                bringToFront(begun);
            }
        } catch (UndialableException e) {
            tellProblem(problem, e.reason().advice());
        }
    }

    public void answer(Call call) {
        chosen = call;
        var unused = call.answer(options);
    }

    /** Whether the microphone and the loudspeaker of a call work. */
    public boolean sounds(Call call) {
        return !silent.contains(call);
    }

    /** From now on the snapshot of the favourites has a busy lamp for each. */
    private void showLamps() {
        account().filter(account -> !locked() && !account.id().equals(watching)).ifPresent(account -> {
            watching = account.id();
            tellRefusal(client.people().favorites().showLamps(watching));
        });
    }

    /** Returns the options for new calls. */
    public CallOptions options() {
        return options;
    }

    /** Their devices apply at once; a call that rings here gets its devices with the answer. */
    public void use(CallOptions wanted) {
        options = wanted;
        for (Call call : calls()) {
            var unused = call.useDevices(wanted.captureDevice(), wanted.playbackDevice());
        }
    }

    // --- What the engine tells

    /** Tells the user why incoming calls cannot arrive; the engine keeps trying. */
    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        showLamps();
        if (after.failure() != null) {
            tellProblem("The phone system cannot be reached.", after.failure().advice());
        }
        changed();
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        changed();
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        if (event instanceof CallEvent.Ended ended) {
            silent.remove(call);
            Notice told = Words.ending(ended.ending(), call.snapshot().caller());
            // The transferor is notified of the transfer; the transferee sees the next call.
            if (told != null
                    && !(ended.ending() instanceof CallEnding.Transferred
                            && !client.calls().isEmpty())) {
                tell(told);
            }
        } else if (event instanceof CallEvent.CommandRefused refused) {
            tell(Words.refusal(refused.reason()));
        } else if (event instanceof CallEvent.AudioRestored) {
            silent.remove(call);
        } else if (event instanceof CallEvent.AudioInterrupted interrupted
                && interrupted.after().state() != CallState.INCOMING) { // else the answer is refused
            silent.add(call);
            tellProblem("The sound was interrupted.", interrupted.failure().advice());
        }
        changed();
    }

    @Override
    public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
        if (after.ending() instanceof CallEnding.Failed failed) {
            tellProblem("You are not in the room.", failed.advice());
        }
        changed();
    }

    @Override
    public void lockChanged(boolean locked) {
        lock.changed(locked);
        showLamps();
        changed();
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        changed();
    }

    @Override
    public void historyChanged(HistorySnapshot after) {
        changed();
    }

    @Override
    public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
        changed();
    }

    @Override
    public void voicemailChanged(VoicemailSnapshot after) {
        changed();
    }

    @Override
    public void playbackChanged(Playback playback, PlaybackSnapshot after) {
        changed();
    }
}
