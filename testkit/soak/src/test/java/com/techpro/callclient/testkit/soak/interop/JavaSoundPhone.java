// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A main class: the engine with JavaSound's default devices. It answers each call, and ends with its input.
 */
final class JavaSoundPhone {
    static final String REGISTERED = "registered";

    private JavaSoundPhone() {}

    /** @param arguments extension, outbound proxy, the file of its authority, and the names of its voice effects */
    public static void main(String[] arguments) throws IOException {
        SipAccount.Builder account = SipAccount.builder(
                        arguments[0], PhoneServer.DOMAIN, Secret.of(PhoneServer.passwordOf(arguments[0])))
                .outboundProxy(HostPort.parse(arguments[1]))
                .tlsTrust(PemAuthority.anchoredAt(Path.of(arguments[2])))
                .codecs(Set.of("g722"));
        Set<VoiceEffect> effects = EnumSet.noneOf(VoiceEffect.class);
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            effects.add(VoiceEffect.valueOf(name));
        }
        try (EnginePhone phone = new EnginePhone(
                        account, new JavaSoundAudio(), config -> config.platform(p -> p.voiceEffects(effects)));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            phone.answering().awaitRegistered();
            System.out.println(ChildPhone.ANSWER + REGISTERED);
            in.readLine();
        }
        System.exit(0);
    }
}
