// SPDX-License-Identifier: Apache-2.0
/**
 * Assertions on an embedded PBX in the style of AssertJ. The way in is
 * {@link com.techpro.callclient.testkit.assertj.PbxAssertions#assertThat}.
 */
module com.techpro.callclient.testkit.assertj {
    requires transitive com.techpro.callclient.testkit.pbx;
    requires transitive org.assertj.core;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.assertj;
}
