// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;
import com.techpro.callclient.adapters.android.AudioFocus;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.message.TextMessagesSnapshot;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The client, for all screens. The engine reports everything on the main thread, and the visible
 * screen then rereads the snapshots: an event tells when, a snapshot tells what.
 */
public final class Phone implements CallClientListener {
    private final Context context;
    private final CallClient client;
    private final AudioPort audio;
    private final Reachable reachable;
    private final List<Runnable> screens = new ArrayList<>();
    private final List<BusyLamp> lamps = new ArrayList<>();
    private CompletionStage<?> restored = CompletableFuture.completedFuture(null);
    private final Map<Call, String> transferTargets = new HashMap<>();
    private CallOptions options = CallOptions.DEFAULT;
    private String message = "";

    Phone(Context context, CallClient client, AudioPort audio, Reachable reachable) {
        this.context = context;
        this.client = client;
        this.audio = audio;
        this.reachable = reachable;
    }

    CallClient client() {
        return client;
    }

    // --- Screens

    /** @param refresh runs whenever something may have changed, on the main thread */
    void show(Runnable refresh) {
        screens.add(refresh);
        refresh.run();
    }

    void hide(Runnable refresh) {
        screens.remove(refresh);
    }

    void changed() {
        List.copyOf(screens).forEach(Runnable::run);
    }

    /** Shows one sentence to the user. */
    void say(String text) {
        message = text;
        changed();
    }

    String message() {
        return message;
    }

    // --- The account

    /** Restores the last login, if there is one. */
    void restore(PhoneSystem system) {
        restored = tell(client.restore(system));
    }

    /** Completes after {@link #restore}: before that there is no account for a push. */
    CompletionStage<?> restored() {
        return restored;
    }

    /** Waits until the last login has been restored, or there is none. */
    void login(PhoneSystem system, Login login) {
        say(Texts.of(context, "login_under_way"));
        restored.thenAccept(done -> tell(client.login(system, login)));
    }

    private CompletionStage<?> tell(CompletionStage<LoginResult> login) {
        return login.thenAccept(result -> {
            if (result instanceof LoginResult.LoggedIn) {
                say(Texts.of(context, "login_done"));
            } else if (result instanceof LoginResult.Refused refused) {
                say(refused.reason().advice());
            } else if (result instanceof LoginResult.Unreadable unreadable) {
                say(unreadable.reason().advice());
            } else if (result instanceof LoginResult.AlreadyLoggedIn || result instanceof LoginResult.InProgress) {
                say(Texts.of(context, "login_already"));
            }
        });
    }

    /** Deletes the user's data from the device; possible while the app is locked, too. */
    void logout() {
        lamps.clear(); // they end with their account
        reachable.want(false);
        client.logout(LogoutOptions.EVERYTHING).thenAccept(result -> say(Texts.of(context, "logout_done")));
    }

    Optional<Account> account() {
        return client.accounts().stream().findFirst();
    }

    // --- Calls

    /** Calls a number, unless nobody is logged in. */
    boolean dial(String number) {
        Optional<Account> account = number.trim().isEmpty() ? Optional.empty() : account();
        account.ifPresent(of -> of.dial(number.trim(), options));
        return account.isPresent();
    }

    Optional<Call> call(@Nullable String id) {
        return client.calls().stream().filter(call -> call.id().equals(id)).findFirst();
    }

    /** Returns the target of a transfer that the far end requests, or null. */
    @Nullable
    String transferTarget(Call call) {
        return transferTargets.get(call);
    }

    void answerTransfer(Call call, boolean follow) {
        if (follow) {
            var unused = call.acceptTransfer();
        } else {
            var unused = call.refuseTransfer();
        }
        transferTargets.remove(call);
        changed();
    }

    /** Returns the options for new calls. */
    CallOptions options() {
        return options;
    }

    // --- Sound

    List<AudioDevice> devices(AudioDevice.Direction direction) {
        List<AudioDevice> found = new ArrayList<>(audio.devices());
        found.removeIf(device -> device.direction() != direction);
        return found;
    }

    /** Applies at once; a call that rings here gets its devices with the answer. */
    void use(AudioDevice device) {
        options = device.direction() == AudioDevice.Direction.CAPTURE
                ? options.withCaptureDevice(device.id())
                : options.withPlaybackDevice(device.id());
        for (Call call : client.calls()) {
            if (call.snapshot().state() != CallState.INCOMING) {
                var unused = call.useDevices(options.captureDevice(), options.playbackDevice());
            }
        }
        changed();
    }

    /** Without Telecom: holds calls while another app has the audio, as Telecom would. */
    void soundChanged(AudioFocus change) {
        if (change != AudioFocus.GAINED) {
            for (Call call : client.calls()) {
                var unused = call.hold();
            }
        }
    }

    // --- Lamps

    List<BusyLamp> lamps() {
        return lamps;
    }

    void watch(String extension) {
        if (!extension.trim().isEmpty()) {
            account().map(account -> account.watch(extension.trim())).ifPresent(lamp -> {
                lamp.addListener((which, after) -> changed());
                lamps.add(lamp);
                changed();
            });
        }
    }

    void unwatch(BusyLamp lamp) {
        lamps.remove(lamp);
        lamp.close();
        changed();
    }

    // --- What the engine tells

    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        changed();
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        changed();
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        if (event instanceof CallEvent.TransferRequested request) {
            transferTargets.put(call, request.target().user());
        } else if (event instanceof CallEvent.CommandRefused refused) {
            say(refused.reason().advice());
        } else if (event instanceof CallEvent.Ended ended) {
            transferTargets.remove(call);
            say(ended.ending().advice());
        }
        changed();
    }

    @Override
    public void audioRoutesChanged(AudioRoutes now) {
        changed();
    }

    @Override
    public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
        changed();
    }

    /**
     * Also once the engine has read at the start whether there is a lock; until then private data
     * is locked.
     */
    @Override
    public void lockChanged(boolean locked) {
        changed();
    }

    @Override
    public void historyChanged(HistorySnapshot after) {
        changed();
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
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

    @Override
    public void textMessagesChanged(TextMessagesSnapshot after) {
        changed();
    }

    @Override
    public void doNotDisturbChanged(DoNotDisturbSnapshot after) {
        changed();
    }

    @Override
    public void callForwardingChanged(CallForwardingSnapshot after) {
        changed();
    }
}
