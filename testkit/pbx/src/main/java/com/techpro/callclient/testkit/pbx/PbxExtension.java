// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a running PBX on loopback. In a static field one for the class, in an instance field one for each test:
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static final PbxExtension pbx = PbxExtension.with("1001", "1002");
 * </pre>
 *
 * <p>Then {@code pbx.account("1001").build()} is an account that can log in. The {@link EmbeddedPbx} itself can also be a parameter.
 */
public final class PbxExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final PbxBuilder builder;
    private @Nullable EmbeddedPbx running;
    private boolean forTheClass;

    private PbxExtension(PbxBuilder builder) {
        this.builder = builder;
    }

    /** A PBX with these extensions. */
    public static PbxExtension with(String... extensions) {
        return new PbxExtension(EmbeddedPbx.builder().extensions(extensions));
    }

    /** A PBX set up by hand. */
    public static PbxExtension with(UnaryOperator<PbxBuilder> settings) {
        return new PbxExtension(settings.apply(EmbeddedPbx.builder()));
    }

    /** The PBX, while a test runs. */
    public EmbeddedPbx pbx() {
        EmbeddedPbx pbx = running;
        if (pbx == null) {
            throw new IllegalStateException("the PBX runs only while a test does; is this field a @RegisterExtension?");
        }
        return pbx;
    }

    /** See {@link EmbeddedPbx#account(String)}. */
    public SipAccount.Builder account(String extension) {
        return pbx().account(extension);
    }

    /** See {@link EmbeddedPbx#account(String, SipTransport)}. */
    public SipAccount.Builder account(String extension, SipTransport transport) {
        return pbx().account(extension, transport);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forTheClass = true;
        running = builder.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forTheClass) {
            running = builder.start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forTheClass) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedPbx.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return pbx();
    }

    private void stop() {
        EmbeddedPbx pbx = running;
        running = null;
        if (pbx != null) {
            pbx.close();
        }
    }
}
