package org.billingtakeover.model;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** Diagrams keep to the rules of the house, and fit tables, forms and code. */
@Component
class DiagramsFitTheCode implements FileRules {

    private final ListableBeanFactory product;

    DiagramsFitTheCode(ListableBeanFactory product) {
        this.product = product;
    }

    @Override
    public void check(ProcessFiles files, Faults faults) {
        CodeContract code = CodeContract.of(product);
        DiagramRules.check(files, code.groups().names(), faults);
        SettingsRules.check(files, faults);
        ContractRules.check(files, code, faults);
    }
}
