// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.provisioning;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.auth.DigestVerifier;
import com.techpro.callclient.stack.sip.auth.DigestVerifier.Judgement;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Checks logins by e-mail and password, and locks users out after wrong attempts. On the signalling
 * loop.
 */
final class ProvisioningUsers {
    private static final int MOST_NAMES = 10_000;

    private final PbxSettings settings;
    private final ProvisioningSettings provisioning;
    private final EngineLoop loop;
    private final DigestVerifier verifier;
    private final Map<String, Attempts> wrong = new HashMap<>();

    /**
     * The outcome of a request: accepted, challenged or locked out.
     *
     * @param extension null unless accepted
     * @param retryAfter null unless locked out
     * @param wrong whether the credentials were wrong, not only missing or stale
     */
    record Verdict(@Nullable String extension, @Nullable Duration retryAfter, boolean wrong, List<String> challenges) {
        @Override
        public String toString() {
            return "Verdict[redacted]";
        }
    }

    private static final class Attempts {
        private int count;
        private long until;
    }

    ProvisioningUsers(PbxSettings settings, ProvisioningSettings provisioning, EngineLoop loop, Random random) {
        this.settings = settings;
        this.provisioning = provisioning;
        this.loop = loop;
        this.verifier = new DigestVerifier(
                settings.domain(), settings.digests(), "auth", settings.nonceLife(), random, loop::nanoTime);
    }

    /** Ends all lockouts. */
    void forgetAttempts() {
        loop.assertOnLoop();
        wrong.clear();
    }

    Verdict judge(List<String> credentials) {
        loop.assertOnLoop();
        Judgement judgement = credentials.stream().anyMatch(value -> value.startsWith("Basic "))
                ? basic(credentials.get(0))
                : digest(credentials);
        String name = judgement.user();
        Attempts attempts = wrong.get(name);
        long now = loop.nanoTime();
        if (attempts != null && attempts.count >= provisioning.attempts()) {
            if (attempts.until - now > 0) {
                return new Verdict(null, Duration.ofNanos(attempts.until - now), true, List.of());
            }
            wrong.remove(name);
        }
        switch (judgement.verdict()) {
            case ACCEPTED -> {
                wrong.remove(name);
                return new Verdict(extensionOf(name), null, false, List.of());
            }
            case WRONG, UNKNOWN_USER, MALFORMED -> {
                if (wrong.size() >= MOST_NAMES) {
                    wrong.clear();
                }
                Attempts counted = wrong.computeIfAbsent(name, added -> new Attempts());
                counted.count++;
                counted.until = now + provisioning.lockOut().toNanos();
                return new Verdict(null, null, true, challenges(false));
            }
            default -> {
                boolean stale = judgement.verdict() != DigestVerifier.Verdict.MISSING;
                return new Verdict(null, null, false, challenges(stale));
            }
        }
    }

    private Judgement digest(List<String> credentials) {
        return provisioning.digest()
                ? verifier.verify(credentials, "GET", new byte[0], this::password)
                : new Judgement(DigestVerifier.Verdict.MISSING, "");
    }

    private Judgement basic(String header) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new Judgement(DigestVerifier.Verdict.MALFORMED, "");
        }
        int colon = decoded.indexOf(':');
        if (!provisioning.basic() || colon < 1) {
            return new Judgement(DigestVerifier.Verdict.MALFORMED, "");
        }
        String name = decoded.substring(0, colon);
        byte[] given = decoded.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        Secret known = password(name);
        if (known == null) {
            return new Judgement(DigestVerifier.Verdict.UNKNOWN_USER, name);
        }
        boolean same =
                known.useUtf8(SecretAccess.forAuthenticators(), expected -> MessageDigest.isEqual(expected, given));
        return new Judgement(same ? DigestVerifier.Verdict.ACCEPTED : DigestVerifier.Verdict.WRONG, name);
    }

    private List<String> challenges(boolean stale) {
        List<String> all = new ArrayList<>();
        if (provisioning.digest()) {
            all.addAll(verifier.challenges(stale));
        }
        if (provisioning.basic()) {
            all.add("Basic realm=\"" + settings.domain() + "\", charset=\"UTF-8\"");
        }
        return all;
    }

    private @Nullable Secret password(String name) {
        String extension = extensionOf(name);
        return extension == null ? null : provisioning.passwords().get(extension);
    }

    private @Nullable String extensionOf(String name) {
        String suffix = "@" + settings.domain();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : null;
    }
}
