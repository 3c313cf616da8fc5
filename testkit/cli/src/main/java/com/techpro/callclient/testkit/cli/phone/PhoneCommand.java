// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.cli.contacts.VCardFile;
import com.techpro.callclient.testkit.cli.error.ErrorLine;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.audio.FileAudio;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code callclient phone}. */
@Command(
        name = "phone",
        description = {
            "A telephone in the terminal, with the real microphone and speaker or with sound files.",
            "Exit code 0: it was ended; 2: nobody could be logged in, or the arguments are wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Then type, one a line:", "", Order.HELP})
public final class PhoneCommand implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(PhoneCommand.class.getName());
    private static final Duration QUALITY_EVERY = Duration.ofSeconds(1);
    private static final int GOODBYES_SECONDS = 4;
    /** The workers of the start have ended by then. */
    private static final Duration STARTED_AFTER = Duration.ofSeconds(11);

    @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "%nWho logs in, with an extension:%n")
    private LoginOptions login = new LoginOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "%nOr by e-mail:%n")
    private EmailOptions byEmail = new EmailOptions();

    @Option(
            names = "--mic-file",
            paramLabel = "WAV",
            description = "Speak this, over and over, instead of the microphone.")
    private @Nullable Path microphoneFile;

    @Option(names = "--speaker-file", paramLabel = "WAV", description = "Record what is heard, instead of the speaker.")
    private @Nullable Path speakerFile;

    @Option(
            names = "--contacts",
            paramLabel = "FILE",
            description = "Show callers by their names in this vCard file. It is read only.")
    private @Nullable Path contacts;

    @Option(
            names = "--region",
            paramLabel = "COUNTRY",
            description = "The two letters of the country whose number format the contacts use, and whose tones are"
                    + " heard, such as DE.")
    private @Nullable String region;

    @Option(
            names = "--tones",
            negatable = true,
            description = "Ring, and play ringback, busy and call waiting; --no-tones for silence. On unless there is a"
                    + " --speaker-file, which records what the other side says.")
    private @Nullable Boolean tones;

    @Option(
            names = "--ring-file",
            paramLabel = "FILE",
            description = "Ring with this recording: WAV, or Ogg Opus. It is played again and again.")
    private @Nullable Path ringFile;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
        Console console = terminal ? System.console() : null;
        Charset charset = console == null ? Charset.defaultCharset() : console.charset();
        return run(
                new BufferedReader(new InputStreamReader(System.in, charset)),
                new Screen(new PrintWriter(System.out, false, charset), terminal),
                console);
    }

    int run(BufferedReader input, Screen screen, @Nullable Console console) {
        SignIn signIn;
        try {
            signIn = signIn(console);
        } catch (UnusableOptions e) {
            return ErrorLine.print(spec, String.valueOf(e.getMessage()));
        }
        try (signIn;
                JdkSchedulers schedulers = new JdkSchedulers();
                Loop loop = schedulers.openLoop("callclient-phone", PhoneCommand::defect);
                FileAudio files = files(loop)) {
            JavaSoundAudio devices = new JavaSoundAudio();
            AudioPort microphone = microphoneFile == null ? devices : files;
            AudioPort speaker = speakerFile == null ? devices : files;
            ChosenAudio audio = new ChosenAudio(microphone, speaker);
            converse(input, screen, console, signIn, schedulers, loop, audio);
        } catch (IOException e) {
            return ErrorLine.print(
                    spec, "The recording is not complete: " + e.getMessage(), "Record to another --speaker-file");
        } catch (NoLogin e) {
            return ErrorLine.print(spec, String.valueOf(e.getMessage()), "");
        }
        return CommandLine.ExitCode.OK;
    }

    private void converse(
            BufferedReader input,
            Screen screen,
            @Nullable Console console,
            SignIn signIn,
            JdkSchedulers schedulers,
            Loop loop,
            ChosenAudio audio)
            throws NoLogin {
        Phone phone = new Phone(loop, audio, screen);
        CallClientConfig.Builder settings = CallClientConfig.builder()
                .lab(lab -> lab.schedulers(schedulers))
                .platform(p -> p.audio(audio))
                .callbacks(loop::execute)
                .listener(new PhoneEvents(phone))
                .tones(tones())
                .qualityInterval(QUALITY_EVERY)
                .failures(PhoneCommand::defect);
        Path addressBook = contacts;
        if (addressBook != null) {
            settings.platform(p -> p.contacts(new VCardFile(addressBook)).permissions(new Permitted()));
        }
        if (region != null) {
            settings.region(region);
        }
        SecureStorePort store = signIn.store();
        if (store != null) {
            settings.platform(p -> p.store(store));
        }
        try (CallClient client = CallClient.create(settings.build())) {
            if (byEmail.logout() && signIn instanceof EmailSignIn user) {
                user.logOut(client, screen);
                leave(client);
                return;
            }
            Account account = signedIn(client, signIn, screen, console);
            giveBackMemory(client, account, loop);
            PhoneAccount line = new EngineAccount(client, account);
            loop.execute(() -> phone.connect(line));
            Thread onInterrupt = new Thread(() -> sayGoodbyes(phone, loop), "callclient-goodbyes");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            new Conversation(phone, loop).run(input);
            forget(onInterrupt);
        }
    }

    /**
     * The start needs more than the days that follow: the launcher has the heap shrink after a
     * collection. The second one finds what the first let go.
     */
    private static void giveBackMemory(CallClient client, Account account, Loop loop) {
        var unused = account.whenRegistered()
                .thenRun(() -> loop.schedule(STARTED_AFTER, () -> {
                    if (client.calls().isEmpty()) {
                        System.gc();
                        System.gc();
                    }
                }));
    }

    private CallTones tones() {
        boolean wanted = tones == null ? speakerFile == null : tones;
        return wanted ? CallTones.DEFAULT.withRingFile(ringFile) : CallTones.OFF;
    }

    private static Account signedIn(CallClient client, SignIn signIn, Screen screen, @Nullable Console console)
            throws NoLogin {
        try {
            return signIn.account(client, screen, console);
        } catch (NoLogin e) {
            leave(client);
            throw e;
        }
    }

    /** Waits until nothing uses the store any more before it is closed. */
    private static void leave(CallClient client) {
        client.shutdown(Duration.ofSeconds(GOODBYES_SECONDS))
                .toCompletableFuture()
                .join();
    }

    /** For Ctrl-C: hangs up and unregisters. */
    private static void sayGoodbyes(Phone phone, Loop loop) {
        CountDownLatch said = new CountDownLatch(1);
        loop.execute(() -> phone.quit(said::countDown));
        try {
            if (!said.await(GOODBYES_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("the phone system did not confirm the log-out in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.fine("interrupted at the very end");
        }
    }

    private static void defect(Thread thread, Throwable failure) {
        LOG.log(Level.SEVERE, "a defect in the program", failure);
    }

    /** Returns files instead of devices, or nothing. */
    private FileAudio files(Loop loop) {
        return new FileAudio(loop, microphoneFile, speakerFile);
    }

    /** Explains invalid options in one line, without a page of usage. */
    private SignIn signIn(@Nullable Console console) throws UnusableOptions {
        try {
            if (microphoneFile != null) {
                WavFile.read(microphoneFile, 8000);
            }
        } catch (IOException e) {
            throw new UnusableOptions("--mic-file: cannot play " + microphoneFile + ": " + e.getMessage(), e);
        }
        if (contacts != null && !Files.isReadable(contacts)) {
            throw new UnusableOptions("--contacts: cannot read " + contacts, null);
        }
        if (region != null && !region.matches("[A-Za-z]{2}")) {
            throw new UnusableOptions("--region: a country is two letters, such as DE", null);
        }
        if (byEmail.given()) {
            return byEmail.signIn(login, System.getenv(), console);
        }
        if (!login.given()) {
            throw new UnusableOptions("Say who logs in: --login with an e-mail address, or --account.", null);
        }
        try {
            return new SignIn.Known(
                    login.account(PasswordSource.PASSWORD.read(login.passwordFile(), System.getenv(), console)));
        } catch (IOException e) {
            throw UnusableOptions.of("--password-file", e);
        } catch (IllegalArgumentException e) {
            throw new UnusableOptions(String.valueOf(e.getMessage()), e);
        }
    }

    /** A user who starts this program with files and devices has thereby permitted their use. */
    private static final class Permitted implements PermissionPort {
        @Override
        public boolean granted(Permission permission) {
            return true;
        }

        @Override
        public void request(Permission permission, Consumer<Boolean> answer) {
            ForkJoinPool.commonPool().execute(() -> answer.accept(true));
        }
    }
}
