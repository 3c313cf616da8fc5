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

/** How the PBX serves its users' accounts. The e-mail address of an extension's user is the extension at the PBX's domain. */
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

    /** A free one unless set. */
    public ProvisioningBuilder port(int number) {
        port = number;
        return this;
    }

    /** The password with which the extension's user logs in; a random one unless set. It is not the SIP account's. */
    public ProvisioningBuilder password(String extension, String password) {
        passwords.put(extension, password);
        return this;
    }

    /** Who the extension's user is; {@code Extension} and its number unless set. */
    public ProvisioningBuilder name(String extension, String firstName, String lastName) {
        names.put(extension, new ProvisioningSettings.Name(firstName, lastName));
        return this;
    }

    /** Asks for Digest alone; else for Digest or Basic. */
    public ProvisioningBuilder digestOnly() {
        basic = false;
        return this;
    }

    /** Asks for Basic alone; else for Digest or Basic. */
    public ProvisioningBuilder basicOnly() {
        digest = false;
        return this;
    }

    /** Gives hashes of SIP passwords in place of them. */
    public ProvisioningBuilder hashes() {
        hashes = true;
        return this;
    }

    /** An entry of the policy that users get with their accounts, such as {@code off} = {@code export}. */
    public ProvisioningBuilder policy(String name, String value) {
        policy.put(name, value);
        return this;
    }

    /** After how many wrong attempts in a row, and for how long, a user is locked out; five and a minute unless set. */
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
