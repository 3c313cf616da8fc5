// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.PbxExtension;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Phones with sound files, controlled through pipes, on a real PBX over TLS. */
@Tag("slow")
class PhoneCommandTest {
    @RegisterExtension
    static final PbxExtension PBX = PbxExtension.with(
            settings -> settings.extension("1001", "word of 1001").extension("1002", "word of 1002"));

    @TempDir
    Path directory;

    @Test
    void aCallToTheEchoIsMadeHeldKeyedMeasuredAndRecorded() throws Exception {
        try (Terminal phone = new Terminal("1001", 440)) {
            phone.shows("Logged in.");
            phone.type("dial 600");
            phone.shows("[1] Talking.");
            phone.shows("AEAD_AES_256_GCM | loss");
            phone.type("hold");
            phone.shows("[1] On hold here.");
            phone.type("resume");
            phone.shows("[1] Talking.", 2);
            phone.type("dtmf 12#");
            phone.type("wait 2");
            phone.type("quality");
            phone.shows("packets sent ");
            phone.type("hangup");
            phone.shows("[1] Ended: You ended the call.");
            phone.type("dial 602");
            phone.shows("[2] Ended: The number is busy; try again later.");

            assertThat(phone.quit()).isZero();
            assertThat(toneIn(phone.recorded(), 440)).isGreaterThan(6000);
            phone.shows("Logged out.");
        }
    }

    @Test
    void twoPhonesCallEachOtherAndEachHearsTheOther() throws Exception {
        try (Terminal anna = new Terminal("1001", 440);
                Terminal bert = new Terminal("1002", 700)) {
            anna.shows("Logged in.");
            bert.shows("Logged in.");
            anna.type("dial 1002");
            anna.shows("[1] Ringing.");
            bert.shows("is calling. Type answer or reject.");
            bert.type("silence");
            bert.shows("Silenced: the caller is still waiting.");
            bert.type("reject busy");
            anna.shows("[1] Ended: The number is busy");
            anna.type("dial 1002");
            bert.shows("[2]");
            bert.type("answer");
            anna.shows("[2] Talking.");
            bert.shows("[2] Talking.");
            bert.type("wait 2");
            bert.type("hangup");
            anna.shows("[2] Ended: The other side ended the call.");

            assertThat(anna.quit()).isZero();
            assertThat(bert.quit()).isZero();
            assertThat(toneIn(anna.recorded(), 700)).isGreaterThan(6000);
            assertThat(toneIn(bert.recorded(), 440)).isGreaterThan(6000);
        }
    }

    @Test
    void aCallerFromTheContactsFileIsShownByName() throws Exception {
        Path contacts = Files.writeString(
                directory.resolve("contacts.vcf"),
                "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Contact\r\nORG:Example Ltd\r\nTEL:1001\r\nEND:VCARD\r\n");
        try (Terminal anna = new Terminal("1001", 440);
                Terminal bert = new Terminal(
                        "1002", "word of 1002", 700, "--contacts", contacts.toString(), "--region", "DE")) {
            anna.shows("Logged in.");
            bert.shows("Logged in.");
            anna.type("dial 1002");
            // At the first ring, or a moment later while the file is still being read.
            bert.shows("Anna Contact of Example Ltd <1001>");
            bert.type("reject busy");
            anna.shows("[1] Ended: The number is busy");

            assertThat(anna.quit()).isZero();
            assertThat(bert.quit()).isZero();
        }
    }

    @Test
    void whyACallWasNotPutThroughIsHeardWithTones() throws Exception {
        try (Terminal phone = new Terminal("1001", "word of 1001", 440, "--tones", "--region", "US")) {
            phone.shows("Logged in.");
            phone.type("dial 602");
            phone.shows("[1] Ended: The number is busy; try again later.");
            phone.type("wait 2");

            assertThat(phone.quit()).isZero();
            assertThat(toneIn(phone.recorded(), 480)).isGreaterThan(2000);
            assertThat(toneIn(phone.recorded(), 620)).isGreaterThan(2000);
        }
    }

    @Test
    void aRingFileThatIsNotThereIsSaid() throws Exception {
        String absent = directory.resolve("absent.wav").toString();
        try (Terminal phone = new Terminal("1001", "word of 1001", 440, "--tones", "--ring-file", absent)) {
            phone.shows("The ring file does not exist, or may not be read; the usual ring is used.");
            assertThat(phone.quit()).isZero();
        }
    }

    @Test
    void aWrongPasswordIsSaidWithWhatToDo() throws Exception {
        try (Terminal phone = new Terminal("1001", "wrong", 440)) {
            phone.shows("Could not log in. Check the user name and the password. (wrong-credentials)");
            assertThat(phone.quit()).isZero();
        }
    }

    /** Returns the strongest level of the tone in any half second. */
    private static double toneIn(short[] samples, double hertz) {
        double strongest = 0;
        for (int at = 0; at + 4000 <= samples.length; at += 2000) {
            strongest = Math.max(strongest, Sound.amplitudeOf(hertz, Arrays.copyOfRange(samples, at, at + 4000), 8000));
        }
        return strongest;
    }

    /** A phone with an extension of the PBX that plays a tone and records what it hears. */
    private final class Terminal extends TypedPhone {
        private final Path recording;

        Terminal(String extension, double hertz) throws IOException {
            this(extension, "word of " + extension, hertz);
        }

        Terminal(String extension, String password, double hertz, String... more) throws IOException {
            super(arguments(extension, password, hertz, more));
            recording = recording(extension);
        }

        short[] recorded() throws IOException {
            return WavFile.read(recording, 8000);
        }
    }

    private Path recording(String extension) {
        return directory.resolve(extension + "-hears.wav");
    }

    private List<String> arguments(String extension, String password, double hertz, String... more) throws IOException {
        // Its own file: another phone may be reading its own just now.
        Path authority = Files.writeString(
                directory.resolve(extension + "-ca.pem"), PBX.pbx().authorityPem());
        Path secret = Files.writeString(directory.resolve(extension + ".password"), password);
        Path microphone = directory.resolve(extension + "-says.wav");
        short[] tone = new short[8000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = Sound.tone(hertz, 8000).at(i, 8000);
        }
        WavFile.write(microphone, tone, 8000);
        List<String> arguments = new ArrayList<>(List.of(
                "--account",
                extension + "@" + PBX.pbx().domain(),
                "--proxy",
                PBX.pbx().address(SipTransport.TLS).toString(),
                "--ca",
                authority.toString(),
                "--password-file",
                secret.toString(),
                "--mic-file",
                microphone.toString(),
                "--speaker-file",
                recording(extension).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }
}
