// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.testelement.TestElement;
import org.jspecify.annotations.Nullable;

/** The parameter values of one sample. They are never printed. */
final class Settings {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s)?");
    private static final String NO_CERTIFICATE = "it is not a certificate in PEM";
    private static final String ANYBODY = "a";
    private static final Pattern DECIBELS = Pattern.compile("-?\\d{1,2}(\\.\\d{1,3})?");

    private final JavaSamplerContext context;

    Settings(JavaSamplerContext context) {
        this.context = context;
    }

    String text(Parameter parameter) {
        return context.getParameter(parameter.key(), "").strip();
    }

    Duration seconds(Parameter parameter) {
        return Duration.ofMillis(Math.round(number(parameter) * 1_000));
    }

    private double number(Parameter parameter) {
        String text = text(parameter);
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(parameter, "is not a number");
        }
        return Double.parseDouble(text);
    }

    /** Returns the limits set for one call. */
    CallLimits callLimits() {
        Double loss = isSet(Parameter.MAX_LOSS) ? number(Parameter.MAX_LOSS) : null;
        if (loss != null && loss >= 100) {
            throw wrong(Parameter.MAX_LOSS, "is not less than 100 percent");
        }
        Double mos = isSet(Parameter.MIN_MOS) ? number(Parameter.MIN_MOS) : null;
        if (mos != null && !CallLimits.isMos(mos)) {
            throw wrong(Parameter.MIN_MOS, "is not more than 1 and at most 4.5");
        }
        return new CallLimits(loss, mos, time(Parameter.MAX_DELAY), time(Parameter.MAX_SETUP), level(), band(), null);
    }

    /** Null if it is not set. */
    private @Nullable Double level() {
        if (!isSet(Parameter.MIN_LEVEL)) {
            return null;
        }
        String text = text(Parameter.MIN_LEVEL);
        if (!DECIBELS.matcher(text).matches()) {
            throw wrong(Parameter.MIN_LEVEL, "is not a number of decibels, such as -10");
        }
        double level = Double.parseDouble(text);
        if (!CallLimits.isLevel(level)) {
            throw wrong(Parameter.MIN_LEVEL, "is not -40 to 0 dB");
        }
        return level;
    }

    /** Null if it is not set. */
    private @Nullable Integer band() {
        if (!isSet(Parameter.BAND)) {
            return null;
        }
        double band = number(Parameter.BAND);
        if (!CallLimits.isBand(band)) {
            throw wrong(Parameter.BAND, "is not 1000 to 7000 Hz");
        }
        return (int) band;
    }

    /**
     * Refuses a band above the speech that calls send.
     *
     * @param spoken the upper frequency of the speech sent; queried only if a band is set
     */
    void checkBand(IntSupplier spoken) {
        Integer band = band();
        if (band != null && !SpeechLimits.reaches(spoken.getAsInt(), band)) {
            throw wrong(Parameter.BAND, "cannot be heard: the speech has nothing above " + spoken.getAsInt() + " Hz");
        }
    }

    private boolean isSet(Parameter parameter) {
        return !text(parameter).isEmpty();
    }

    /** Null if it is not set. */
    private @Nullable Duration time(Parameter parameter) {
        if (!isSet(parameter)) {
            return null;
        }
        Matcher form = TIME.matcher(text(parameter));
        if (!form.matches()) {
            throw wrong(parameter, "is not written like 400ms or 3s");
        }
        long amount = Long.parseLong(form.group(1));
        Duration time = "ms".equals(form.group(2)) ? Duration.ofMillis(amount) : Duration.ofSeconds(amount);
        if (time.isZero()) {
            throw wrong(parameter, "is not longer than nothing");
        }
        return time;
    }

    /** Returns 200, or a refusing status. */
    int status(Parameter parameter) {
        String text = text(parameter);
        if (!text.matches("200|[3-6]\\d\\d")) {
            throw wrong(parameter, "is neither 200 nor a status that refuses, such as 486");
        }
        return Integer.parseInt(text);
    }

    SipAccount account() throws IOException {
        return account(Parameter.USER, Parameter.PASSWORD, text(Parameter.AUTH_USER));
    }

    SipAccount peerAccount() throws IOException {
        return account(Parameter.PEER, Parameter.PEER_PASSWORD, "");
    }

    private SipAccount account(Parameter user, Parameter password, String authUser) throws IOException {
        String name = ofUser(user);
        String secret = ofUser(password);
        String domain = required(Parameter.DOMAIN);
        SipTransport transport = choice(SipTransport.class, Parameter.TRANSPORT);
        String proxy = text(Parameter.PROXY);
        HostPort outbound = proxy.isEmpty() ? null : told(Parameter.PROXY, () -> HostPort.parse(proxy));
        told(Parameter.DOMAIN, () -> SipAccount.builder(ANYBODY, domain, Secret.of(secret)));
        return told(user, () -> SipAccount.builder(name, domain, Secret.of(secret)))
                .authUser(authUser.isEmpty() ? name : authUser)
                .transport(transport)
                .outboundProxy(outbound)
                .tlsTrust(trust())
                .securityFloor(SoakPhoneSystem.floor(transport, null))
                .build();
    }

    MediaChoice media() {
        List<String> codecs = Arrays.stream(
                        text(Parameter.CODECS).toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(codec -> !codec.isEmpty())
                .toList();
        told(
                Parameter.CODECS,
                () -> SipAccount.builder(ANYBODY, ANYBODY, Secret.of(ANYBODY)).codecs(new LinkedHashSet<>(codecs)));
        return new MediaChoice(codecs, choice(KeyingPolicy.class, Parameter.KEYING), MediaChoice.PLAIN.path());
    }

    boolean warmsUp() {
        return Boolean.parseBoolean(text(Parameter.WARM_UP));
    }

    SpeechClip clip() throws IOException {
        String file = text(Parameter.CLIP);
        try {
            return file.isEmpty() ? SpeechClip.builtIn() : SpeechClip.read(Path.of(file), WavFile::read);
        } catch (IOException | InvalidPathException e) {
            throw unreadable(Parameter.CLIP, file, e);
        }
    }

    SpeechLimits limits() {
        SpeechLimits clean = SpeechLimits.CLEAN.atAnyLevelAndBand();
        double lost = number(Parameter.MOST_LOST);
        return lost <= clean.gapPercent()
                ? clean
                : SpeechLimits.forImpairment(lost - clean.gapPercent(), Duration.ZERO)
                        .atAnyLevelAndBand();
    }

    private TlsTrust trust() throws IOException {
        String file = text(Parameter.TRUST_ANCHOR);
        if (file.isEmpty()) {
            return TlsTrust.PLATFORM;
        }
        try {
            return TlsTrust.anchoredAt(Path.of(file));
        } catch (CertificateException e) {
            throw unreadable(Parameter.TRUST_ANCHOR, file, new IOException(NO_CERTIFICATE, e));
        } catch (IOException | InvalidPathException e) {
            throw unreadable(Parameter.TRUST_ANCHOR, file, e);
        }
    }

    private String required(Parameter parameter) {
        String text = text(parameter);
        if (text.isEmpty() || text.startsWith("${")) {
            throw wrong(parameter, "is not set");
        }
        return text;
    }

    /** Returns a value of the user; an error names the line where it is missing. */
    private String ofUser(Parameter value) {
        UsersFile.Line line = line();
        if (line != null && line.missing().contains(value.key())) {
            throw new IllegalArgumentException(line.place() + ": no " + inWords(value));
        }
        return required(value);
    }

    /** Returns the user's line in the users' file; null if there is none. */
    private UsersFile.@Nullable Line line() {
        String file = text(Parameter.USERS);
        String user = text(Parameter.USER);
        return file.isEmpty()
                ? null
                : UsersFile.find(
                        FileServer.getFileServer().getResolvedFile(file).toPath(), user.startsWith("${") ? "" : user);
    }

    private static String inWords(Parameter column) {
        return switch (column) {
            case PASSWORD -> "password";
            case PEER_PASSWORD -> "password of the peer";
            default -> column.key();
        };
    }

    /** Reads a parameter, and adds its name and place to an error. */
    private <T> T told(Parameter parameter, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place(parameter) + ": " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(Parameter parameter, String what) {
        return new IllegalArgumentException(place(parameter) + ' ' + what);
    }

    private IOException unreadable(Parameter parameter, String file, Exception e) {
        String why = e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException ? "it may not be read" : String.valueOf(e.getMessage());
        return new IOException(place(parameter) + ": " + file + ": " + why, e);
    }

    /**
     * Returns the line of the users' file for values from there; else plan, element and parameter,
     * as far as JMeter reports them.
     */
    private String place(Parameter parameter) {
        UsersFile.Line line = parameter == Parameter.USER || parameter == Parameter.PEER ? line() : null;
        String plan = FileServer.getFileServer().getScriptName();
        String element = context.getParameter(TestElement.NAME, "");
        return line != null
                ? line.place() + ": " + parameter.key()
                : (plan == null || plan.isEmpty() ? "" : plan + ": ")
                        + (element.isEmpty() ? "" : element + ": ")
                        + parameter.key();
    }

    private <E extends Enum<E>> E choice(Class<E> type, Parameter parameter) {
        String wanted = text(parameter).toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> wrong(parameter, "is none of " + Arrays.toString(type.getEnumConstants())));
    }
}
