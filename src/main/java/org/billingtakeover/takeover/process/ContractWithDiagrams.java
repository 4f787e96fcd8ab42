package org.billingtakeover.takeover.process;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Map;
import org.billingtakeover.model.Contract;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Error;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Message;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells whoever checks the diagrams what the flow knows of them. */
@Configuration(proxyBeanMethods = false)
class ContractWithDiagrams {

    @Bean
    Contract.Flow flowKnownToTheCode() {
        return new Contract.Flow(
                Map.copyOf(Var.TYPES),
                Message.ALL,
                Error.ALL,
                BillingTakeoverProcess.TASK_INPUTS.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey,
                                task -> task.getValue().stream()
                                        .map(Variable::name)
                                        .collect(toSet()))),
                BillingTakeoverProcess.HANDED_OUT);
    }
}
