// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the handshake hands over, looked at where it lay. */
class SrtpNegotiationTest {
    /** PRIVACY.md S6: a copy of the keys that nobody closes would be found in the memory after the call. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void exported_key_material_is_overwritten_once_the_keys_are_taken(DtlsRole role) throws IOException {
        DtlsScene scene = new DtlsScene(1);
        SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        SrtpNegotiation negotiation = new SrtpNegotiation(scene.client.identity, List.of(), List.of(suite));
        agree(negotiation, suite);
        byte[] exported = new byte[SrtpProfiles.length(suite)];
        Arrays.fill(exported, (byte) 0x5A);
        negotiation.export(contextThatExports(exported));

        DtlsKeys keys = negotiation.takeKeys(role);

        assertThat(exported).containsOnly(0);
        for (SrtpKeys taken : List.of(keys.local(), keys.remote())) {
            assertThat(taken.masterKeySalt()).as("the copies are whole").containsOnly(0x5A);
        }
        scene.close();
    }

    @SuppressWarnings("JdkObsolete") // BouncyCastle asks for a Hashtable.
    private static void agree(SrtpNegotiation negotiation, SrtpSuite suite) throws IOException {
        Hashtable<Integer, byte[]> extensions = new Hashtable<>();
        TlsSRTPUtils.addUseSRTPExtension(
                extensions, new UseSRTPData(new int[] {SrtpProfiles.number(suite)}, new byte[0]));
        negotiation.offered(extensions);
    }

    private static TlsContext contextThatExports(byte[] material) {
        return (TlsContext) Proxy.newProxyInstance(
                TlsContext.class.getClassLoader(), new Class<?>[] {TlsContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("exportKeyingMaterial")) {
                        return material;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
