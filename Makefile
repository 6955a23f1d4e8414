# The only door for people: `make` alone lists what it can do. Every command is one line of Python behind it.
PY := .venv/bin/python
export TITLE_AS_TYPED := $(value TITLE)
export QUERY_AS_TYPED := $(value Q)
export PYTHON

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve html new check fix find publish ping test test-long bench components check-extra lint lock clean

serve: .venv/.runtime ## 预览网站，保存后自动刷新（PORT=8000 换端口，BASE=/仓库名/ 模拟子目录）
	@$(PY) -m press serve --port $(or $(PORT),8000) --base $(or $(BASE),/)

html: .venv/.runtime ## 生成网站到 output/，登记新的网址（CONFIRM=yes 确认丢弃发布过的文章）
	@$(PY) -m press html

new: .venv/.runtime ## 新建文章：make new TITLE="标题"
	@$(PY) -m press new -- "$$TITLE_AS_TYPED"

check: .venv/.runtime ## 检查稿件：哪个文件、哪一行、怎么改（FORMAT=github 写成工作流的注释）
	@$(PY) -m press check $(if $(FORMAT),--format $(FORMAT))

fix: .venv/.runtime ## 改正稿件里的标点、空格和日期，显示改了什么（FILES="…" 只改这些，DRY=1 只看不改）
	@$(PY) -m press fix $(if $(DRY),--dry-run) $(FILES)

find: .venv/.runtime ## 在稿件里找词，草稿也找：make find Q="快手 电商"
	@$(PY) -m press find -- "$$QUERY_AS_TYPED"

publish: .venv/.runtime ## 生成对外发布的网站到 output/（SITEURL=https://… 指定网址）
	@$(PY) -m press html --settings publishconf.py

ping: .venv/.runtime ## 发布后，把有变化的网址告诉搜索引擎（SITEURL=https://… BAIDU_TOKEN=…）
	@$(PY) -m press ping

test: .venv/.test ## 运行全部测试（需要时先装浏览器和中文字体）
	@$(PY) -m press chromium
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal

bench: .venv/.runtime ## 与Hugo、Pelican比构建速度（SIZES="1000 10000" RUNS=3 TOOLS= MODES=，WRITE=1存表）
	@$(PY) -m tests.bench $(if $(SIZES),--sizes $(SIZES)) $(if $(RUNS),--runs $(RUNS)) $(if $(TOOLS),--tools $(TOOLS)) \
	  $(if $(MODES),--modes $(MODES)) $(if $(WRITE),--write)

test-long: .venv/.test ## 随机改动网站和稿件许多分钟：与原版Pelican逐字节相同，什么稿件都伤不了网站，一万篇里搜得准
	@HYPOTHESIS_PROFILE=long $(PY) -m pytest -n 2 tests/press/test_exact.py tests/gate/test_fuzz.py tests/plugins/test__search.py

components: .venv/.test ## 把所有组件的所有状态画在一页上，给改主题的人看
	@$(PY) -m tests.components.gallery

check-extra: .venv/.runtime ## 让外人的工具读网站：正文提取、订阅阅读器、结构化数据（JUDGES="…" 只用这些）
	@$(PY) -m tests.extra $(JUDGES)

lint: .venv/.test ## 检查代码、模板和工作流
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint theme --lint --quiet
	@.venv/bin/zizmor --offline --no-progress --quiet .github

lock: .venv/.test ## 依赖有变时重算两个锁文件（维护者）
	@sh press/lock.sh

clean: ## 清空 output/ 和构建的中间文件
	@find output -mindepth 1 ! -path output/.gitignore -delete
	@rm -rf .build

help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s  %s\n", $$1, $$2}' Makefile

# Each lock is installed once and again when it changes; a Python that went away makes a new .venv.
.venv/.runtime: requirements.lock .venv/bin/python
	@sh press/setup.sh install requirements.lock
	@touch $@

.venv/.test: tests/requirements.lock .venv/bin/python
	@sh press/setup.sh install tests/requirements.lock
	@touch .venv/.runtime $@

.venv/bin/python:
	@sh press/setup.sh venv
