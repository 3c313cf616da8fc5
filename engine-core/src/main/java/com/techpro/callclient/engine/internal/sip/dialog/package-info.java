// SPDX-License-Identifier: Apache-2.0
/** Dialogs: RFC 3261 §12. */
@NullMarked
package com.techpro.callclient.engine.internal.sip.dialog;

import org.jspecify.annotations.NullMarked;
