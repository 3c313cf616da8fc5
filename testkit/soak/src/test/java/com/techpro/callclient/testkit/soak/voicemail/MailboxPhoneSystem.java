// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.voicemail;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A phone system of which nothing but a mailbox is there. */
final class MailboxPhoneSystem implements PhoneSystem, Session {
    private final VoicemailBox box;

    MailboxPhoneSystem(VoicemailBox box) {
        this.box = box;
    }

    /** A WAV file of samples at 8 kHz. */
    static byte[] wav(short[] samples) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        return wav.array();
    }

    @Override
    public String kind() {
        return "mailbox";
    }

    @Override
    public LoginOutcome logIn(Login login, LoginContext context) {
        return new LoginOutcome.LoggedIn(this);
    }

    @Override
    public Profile profile() {
        return Profile.ofExtension("1001");
    }

    @Override
    public SipAccount sipAccount() {
        return SipAccount.builder("1001", "pbx.invalid", Secret.of("not asked for"))
                .build();
    }

    @Override
    public Policy policy() {
        return Policy.OPEN;
    }

    @Override
    public List<HostPort> hosts() {
        return List.of();
    }

    @Override
    public @Nullable VoicemailAccess voicemail() {
        return null;
    }

    @Override
    public VoicemailBox voicemailBox() {
        return box;
    }

    @Override
    public @Nullable RemoteCallHistory callHistory() {
        return null;
    }

    @Override
    public @Nullable RemoteDirectory directory() {
        return null;
    }

    @Override
    public void logOut() {
        box.close();
    }
}
