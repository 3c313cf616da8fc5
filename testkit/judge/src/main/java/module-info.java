// SPDX-License-Identifier: Apache-2.0
/**
 * A judge of speech: it compares what was said with what was heard. It needs nothing but the JDK.
 *
 * <p>{@link com.techpro.callclient.testkit.judge.ear.Ear} compares two recordings, whatever
 * happened between them. {@link com.techpro.callclient.testkit.judge.verify.SpeechCheck} compares
 * what one sound card said with what another played, sample by sample.
 * {@link com.techpro.callclient.testkit.judge.degrade.Degradation} damages recordings, and
 * {@link com.techpro.callclient.testkit.judge.scene.Scenes} puts speakers into rooms.
 */
module com.techpro.callclient.testkit.judge {
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.judge.curves;
    exports com.techpro.callclient.testkit.judge.degrade;
    exports com.techpro.callclient.testkit.judge.ear;
    exports com.techpro.callclient.testkit.judge.scene;
    exports com.techpro.callclient.testkit.judge.speech;
    exports com.techpro.callclient.testkit.judge.verify;
}
