// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.testkit.pbx.media.MediaPolicy;
import com.techpro.callclient.testkit.pbx.registrar.PushSettings;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a {@code PbxBuilder}. */
public record PbxSettings(
        String domain,
        InetAddress address,
        Map<SipTransport, Integer> ports,
        Map<String, Secret> extensions,
        Map<String, List<String>> ringGroups,
        List<SrtpSuite> suites,
        boolean srtpEverywhere,
        Set<String> dtlsExtensions,
        List<DigestAlgorithm> digests,
        boolean proxyAuthentication,
        boolean nextNonces,
        Duration nonceLife,
        Registrar.ExpiryLimits expiry,
        Duration noAnswer,
        String roomPin,
        Set<String> withheld,
        Map<FeatureCode, String> featureCodes,
        Set<FieldBehaviour> behaviours,
        @Nullable Set<String> behavingTowards,
        boolean secondEdge,
        boolean instanceAddresses,
        @Nullable PushSettings push,
        int recordedRequests,
        int tracedBytes,
        @Nullable VoicemailSettings voicemail,
        @Nullable ProvisioningSettings provisioning) {

    /**
     * Returns the media policy of a leg. Legs over TLS or WSS are always encrypted. On others a
     * device in lab mode may use clear text, and is offered it. Devices behind a WebSocket are
     * offered DTLS first.
     */
    public MediaPolicy mediaOver(SipTransport transport, @Nullable String extension) {
        boolean clear = !transport.isEncrypted() && !srtpEverywhere;
        boolean browser = transport == SipTransport.WS || transport == SipTransport.WSS;
        boolean set = browser || (extension != null && dtlsExtensions.contains(extension));
        boolean dtls = set || does(FieldBehaviour.DTLS_OFFERS, extension);
        KeyExchange own = set ? KeyExchange.DTLS : KeyExchange.SDES;
        return new MediaPolicy(
                suites,
                clear,
                clear,
                dtls,
                does(FieldBehaviour.DEAD_ICE_CANDIDATES, extension),
                does(FieldBehaviour.FORGETS_DTLS, extension),
                does(FieldBehaviour.ONE_KIND_OF_KEYS, extension) ? own : null);
    }

    /**
     * Returns the users' login passwords by extension: of their provisioning, else of their SIP
     * accounts. Mailboxes use them too.
     */
    public Map<String, Secret> userPasswords() {
        return provisioning == null ? extensions : provisioning.passwords();
    }

    /** Whether the PBX shows this behaviour towards any phone. */
    public boolean does(FieldBehaviour behaviour) {
        return behaviours.contains(behaviour);
    }

    /** Whether the PBX shows this behaviour towards an extension's phones. */
    public boolean does(FieldBehaviour behaviour, @Nullable String extension) {
        return does(behaviour)
                && (behavingTowards == null || (extension != null && behavingTowards.contains(extension)));
    }

    @Override
    public String toString() {
        return "PbxSettings[" + extensions.size() + " extensions]";
    }
}
