// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.soak.run.MediaChoice;
import com.techpro.callclient.testkit.soak.run.PhoneSystem;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;

/** What the table of parameters says, of one sample. Prints nothing of it. */
final class Settings {
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
        try {
            return Double.parseDouble(text(parameter));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter.key() + " is not a number", e);
        }
    }

    /** 200, or a status that refuses. */
    int status(Parameter parameter) {
        String text = text(parameter);
        if (!text.matches("200|[3-6]\\d\\d")) {
            throw new IllegalArgumentException(
                    parameter.key() + " is neither 200 nor a status that refuses, such as 486");
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
        String name = required(user);
        SipTransport transport = choice(SipTransport.class, Parameter.TRANSPORT);
        String proxy = text(Parameter.PROXY);
        return SipAccount.builder(name, required(Parameter.DOMAIN), Secret.of(text(password)))
                .authUser(authUser.isEmpty() ? name : authUser)
                .transport(transport)
                .outboundProxy(proxy.isEmpty() ? null : HostPort.parse(proxy))
                .tlsTrust(trust())
                .securityFloor(PhoneSystem.floor(transport, null))
                .build();
    }

    MediaChoice media() {
        List<String> codecs = Arrays.stream(
                        text(Parameter.CODECS).toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(codec -> !codec.isEmpty())
                .toList();
        return new MediaChoice(codecs, choice(KeyingPolicy.class, Parameter.KEYING), MediaChoice.PLAIN.path());
    }

    boolean warmsUp() {
        return Boolean.parseBoolean(text(Parameter.WARM_UP));
    }

    SpeechClip clip() throws IOException {
        String file = text(Parameter.CLIP);
        return file.isEmpty() ? SpeechClip.builtIn() : SpeechClip.read(Path.of(file));
    }

    SpeechLimits limits() {
        SpeechLimits clean = SpeechLimits.CLEAN;
        double lost = number(Parameter.MOST_LOST);
        return lost <= clean.gapPercent()
                ? clean
                : SpeechLimits.forImpairment(lost - clean.gapPercent(), Duration.ZERO);
    }

    private TlsTrust trust() throws IOException {
        String file = text(Parameter.TRUST_ANCHOR);
        if (file.isEmpty()) {
            return TlsTrust.PLATFORM;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return TlsTrust.anchoredAt(CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new));
        } catch (CertificateException e) {
            throw new IOException(Parameter.TRUST_ANCHOR.key() + " is not a certificate in PEM", e);
        }
    }

    private String required(Parameter parameter) {
        String text = text(parameter);
        if (text.isEmpty() || text.startsWith("${")) {
            throw new IllegalArgumentException(parameter.key() + " is not set");
        }
        return text;
    }

    private <E extends Enum<E>> E choice(Class<E> type, Parameter parameter) {
        String wanted = text(parameter).toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        parameter.key() + " is none of " + Arrays.toString(type.getEnumConstants())));
    }
}
