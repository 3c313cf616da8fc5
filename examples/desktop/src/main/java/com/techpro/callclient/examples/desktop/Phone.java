// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.PhoneSystems;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * The client, for all windows. The engine tells everything on Swing's event dispatch thread, and each panel then reads the snapshots anew: an event says
 * when, a snapshot says what.
 */
final class Phone implements CallClientListener, AutoCloseable {
    /** How this app's users log in; see docs/phone-systems.md for the other kinds. */
    static final PhoneSystem PHONE_SYSTEM = PhoneSystems.lpconfig("/provisioning");

    private final CallClient client;
    private final AudioPort audio;
    private final List<Runnable> views = new ArrayList<>();
    private final List<BusyLamp> lamps = new ArrayList<>();
    private CallOptions options = CallOptions.DEFAULT;
    private @Nullable Conference room;
    private String message = "";

    Phone(AudioPort sound, SecureStorePort store) {
        audio = sound;
        client = CallClient.create(CallClientConfig.builder()
                .audio(sound)
                .store(store)
                .callbacks(SwingUtilities::invokeLater)
                .listener(this)
                .userAgent("DesktopPhone/1.0")
                .build());
    }

    CallClient client() {
        return client;
    }

    /** @param refresh run whenever something may be another; on the event dispatch thread */
    void whenChanged(Runnable refresh) {
        views.add(refresh);
        refresh.run();
    }

    private void changed() {
        views.forEach(Runnable::run);
    }

    /** One sentence for the user. */
    void say(String text) {
        message = text;
        changed();
    }

    String message() {
        return message;
    }

    // --- The account

    void login(PhoneSystem system, Login login) {
        say("Logging in…");
        tell(client.login(system, login));
    }

    /** The login of the last time, if there is one. */
    void restore(PhoneSystem system) {
        tell(client.restore(system));
    }

    private void tell(CompletionStage<LoginResult> login) {
        login.thenAccept(result -> say(words(result)));
    }

    private static String words(LoginResult result) {
        if (result instanceof LoginResult.LoggedIn) {
            return "Logged in.";
        } else if (result instanceof LoginResult.Refused refused) {
            return refused.reason().advice();
        } else if (result instanceof LoginResult.Unreadable unreadable) {
            return unreadable.reason().advice();
        }
        return "Log in with the e-mail address and password of your phone system.";
    }

    void logout() {
        new ArrayList<>(lamps).forEach(this::unwatch);
        client.logout(LogoutOptions.EVERYTHING)
                .thenAccept(done -> say("Logged out; nothing of it is left on this computer."));
    }

    /** Whoever is logged in, or null. */
    @Nullable
    Account account() {
        return client.accounts().stream().findFirst().orElse(null);
    }

    // --- Calls

    List<Call> calls() {
        return client.calls();
    }

    void dial(String number) {
        Account account = account();
        if (account != null && !number.isBlank()) {
            account.dial(number.strip(), options);
            changed();
        }
    }

    void answer(Call call) {
        call.answer(options);
    }

    // --- Lamps

    List<BusyLamp> lamps() {
        return lamps;
    }

    void watch(String extension) {
        Account account = account();
        if (account != null && !extension.isBlank()) {
            BusyLamp lamp = account.watch(extension.strip());
            lamp.addListener((which, after) -> changed());
            lamps.add(lamp);
            changed();
        }
    }

    void unwatch(BusyLamp lamp) {
        lamps.remove(lamp);
        lamp.close();
        changed();
    }

    // --- A room

    @Nullable
    Conference room() {
        return room;
    }

    void join(String number) {
        Account account = account();
        if (account != null && !number.isBlank()) {
            room = account.join(number.strip());
            changed();
        }
    }

    void leave() {
        if (room != null) {
            room.leave();
        }
    }

    // --- Devices

    List<AudioDevice> devices(AudioDevice.Direction direction) {
        return audio.devices().stream()
                .filter(device -> device.direction() == direction)
                .toList();
    }

    /** From the next call on. */
    void use(AudioDevice device) {
        options = device.direction() == AudioDevice.Direction.CAPTURE
                ? options.withCaptureDevice(device.id())
                : options.withPlaybackDevice(device.id());
    }

    CallOptions options() {
        return options;
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
        if (event instanceof CallEvent.Ended ended && ended.ending() instanceof CallEnding.Failed failed) {
            say(failed.failure().advice());
        }
        changed();
    }

    @Override
    public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
        if (after.state() == ConferenceSnapshot.State.ENDED && conference.equals(room)) {
            room = null;
        }
        changed();
    }

    /** Also once the engine has read at the start whether there is a lock: until then what is private is locked. */
    @Override
    public void lockChanged(boolean locked) {
        changed();
    }

    @Override
    public void voicemailChanged(VoicemailSnapshot after) {
        changed();
    }

    @Override
    public void close() {
        client.close();
    }
}
