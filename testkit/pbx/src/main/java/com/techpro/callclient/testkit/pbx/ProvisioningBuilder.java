// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Sets how the PBX serves its users' accounts. A user's e-mail address is the extension at the
 * PBX's domain.
 */
public final class ProvisioningBuilder {
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, ProvisioningSettings.Name> names = new HashMap<>();
    private final Map<String, String> policy = new LinkedHashMap<>();
    private int port;
    private boolean digest = true;
    private boolean basic = true;
    private boolean hashes;
    private int attempts = 5;
    private Duration lockOut = Duration.ofMinutes(1);

    ProvisioningBuilder() {}

    /** Sets the port. Default: a free one. */
    public ProvisioningBuilder port(int number) {
        port = number;
        return this;
    }

    /**
     * Sets the password with which the extension's user logs in. It is not the SIP account's.
     * Default: random.
     */
    public ProvisioningBuilder password(String extension, String password) {
        passwords.put(extension, password);
        return this;
    }

    /** Sets the name of the extension's user. Default: {@code Extension} and the number. */
    public ProvisioningBuilder name(String extension, String firstName, String lastName) {
        names.put(extension, new ProvisioningSettings.Name(firstName, lastName));
        return this;
    }

    /** Requests Digest only. Default: Digest or Basic. */
    public ProvisioningBuilder digestOnly() {
        basic = false;
        return this;
    }

    /** Requests Basic only. Default: Digest or Basic. */
    public ProvisioningBuilder basicOnly() {
        digest = false;
        return this;
    }

    /** Sends hashes of the SIP passwords instead of the passwords. */
    public ProvisioningBuilder hashes() {
        hashes = true;
        return this;
    }

    /**
     * Adds an entry to the policy that users get with their accounts, such as {@code off} =
     * {@code export}.
     */
    public ProvisioningBuilder policy(String name, String value) {
        policy.put(name, value);
        return this;
    }

    /**
     * Sets how many wrong attempts in a row lock a user out, and for how long. Default: five, one
     * minute.
     */
    public ProvisioningBuilder lockOut(int wrongAttempts, Duration duration) {
        attempts = wrongAttempts;
        lockOut = duration;
        return this;
    }

    ProvisioningSettings settings(Set<String> extensions, Random random) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (String extension : extensions) {
            String set = passwords.get(extension);
            secrets.put(
                    extension,
                    Secret.of(
                            set != null
                                    ? set
                                    : Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())));
        }
        return new ProvisioningSettings(
                port,
                secrets,
                Map.copyOf(names),
                digest,
                basic,
                hashes,
                new LinkedHashMap<>(policy),
                attempts,
                lockOut);
    }
}
