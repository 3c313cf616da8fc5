// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Sound;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A phone for R8 to shrink: logs in, calls, hears, plays a message and logs out, and says each when it is done. Its arguments are the user, the
 * password, host and port of the provisioning, its path, a file with the authority's certificate, and whom to call.
 */
final class ShrunkPhone {
    private ShrunkPhone() {}

    public static void main(String[] arguments) throws Exception {
        JdkSchedulers schedulers = new JdkSchedulers();
        FakeAudio audio = new FakeAudio(schedulers.openLoop("sound", (thread, failure) -> failure.printStackTrace()))
                .microphone(Sound.tone(440, 8_000));
        CallClient client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(audio))
                .tones(CallTones.OFF)
                .build());
        Login login = Login.of(arguments[0], Secret.of(arguments[1]))
                .at(HostPort.parse(arguments[2]))
                .trusting(TlsTrust.anchoredAt(Path.of(arguments[4])));
        LoginResult result = get(client.login(PhoneSystems.lpconfig(arguments[3]), login));
        if (!(result instanceof LoginResult.LoggedIn in)) {
            throw new AssertionError(result);
        }
        Account account = in.account();
        await("the registration", () -> account.registration().state() == RegistrationState.REGISTERED);
        say("logged in");

        Call call = account.dial(arguments[5]);
        await("the call", () -> call.snapshot().state() == CallState.ESTABLISHED);
        await("speech", () -> Sound.amplitudeOf(1_000, latest(audio), audio.heardRate()) > 4_000);
        say("heard");
        call.hangUp();
        await("the end", () -> call.snapshot().state() == CallState.ENDED);

        await("the message", () -> client.voicemail().snapshot().messages().size() == 1);
        String id = client.voicemail().snapshot().messages().get(0).id();
        var playback = client.voicemail().play(id);
        await("playing", () -> playback.snapshot().state() == PlaybackSnapshot.State.ENDED);
        say("played");

        LogoutResult left = get(client.logout(LogoutOptions.EVERYTHING));
        if (!left.unregistered() || left.leftover() != null) {
            throw new AssertionError(left);
        }
        say("logged out");
        client.close();
        schedulers.close();
    }

    private static short[] latest(FakeAudio audio) {
        short[] heard = audio.heard();
        int window = Math.min(heard.length, audio.heardRate() / 2);
        short[] latest = new short[window];
        System.arraycopy(heard, heard.length - window, latest, 0, window);
        return latest;
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, condition);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
