// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the account of one user speaks, and by which way.
 *
 * @param codecs the best first; others are not spoken
 */
public record MediaChoice(List<String> codecs, KeyingPolicy keying, Path path) {
    /** What every phone system and its services speak. */
    public static final List<String> G711 = List.of("pcma", "pcmu");

    /** G.711 with keys by SDES, and ICE where it is offered. */
    public static final MediaChoice PLAIN = new MediaChoice(G711, KeyingPolicy.PREFER_SDES, Path.ICE_WHEN_OFFERED);

    public MediaChoice {
        codecs = List.copyOf(codecs);
    }

    /** How sound finds its way. */
    public enum Path {
        WITHOUT_ICE("without ICE", IceSettings.Use.NEVER),
        ICE_WHEN_OFFERED("ICE when offered", IceSettings.Use.WHEN_OFFERED),
        ICE("ICE offered", IceSettings.Use.OFFERED),
        /** By ICE too, with candidates of a TURN server alone. */
        RELAYED("relayed by TURN", IceSettings.Use.OFFERED);

        private final String title;
        private final IceSettings.Use use;

        Path(String title, IceSettings.Use use) {
            this.title = title;
            this.use = use;
        }

        /** As reports call it. */
        public String title() {
            return title;
        }

        static Path of(IceSettings.Use use) {
            return switch (use) {
                case NEVER -> WITHOUT_ICE;
                case WHEN_OFFERED -> ICE_WHEN_OFFERED;
                case OFFERED -> ICE;
            };
        }
    }

    /**
     * The account with this.
     *
     * @param servers that the account asks what it looks like, or that relay
     */
    SipAccount applyTo(SipAccount account, List<IceServer> servers) {
        Set<String> permitted = new LinkedHashSet<>(codecs);
        IceSettings ice = IceSettings.DEFAULT.withUse(path.use).withServers(servers);
        return account.toBuilder()
                .codecs(permitted)
                .codecPreference(codecs)
                .keyingPolicy(keying)
                .ice(path == Path.RELAYED ? ice.withCandidates(IceSettings.Candidates.RELAYED_ONLY) : ice)
                .build();
    }

    /** The codec that it speaks with another, as long as both prefer the same: then nothing is transcoded, and nothing else is agreed. */
    boolean prefersAs(MediaChoice other) {
        boolean telephone = G711.contains(codecs.get(0));
        return telephone ? G711.contains(other.codecs.get(0)) : codecs.get(0).equals(other.codecs.get(0));
    }
}
